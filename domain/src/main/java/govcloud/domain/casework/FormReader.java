package govcloud.domain.casework;

import java.util.Map;

/** Port: reads the JSON text of a form for guards; the domain itself knows no JSON. Pure. */
public interface FormReader {

  /** Reads {@code json}; anything but a JSON object is an error. Never throws. */
  Reading read(String json);

  /**
   * What was read.
   *
   * @param values members by name: strings, numbers, booleans, lists and maps
   * @param error why it could not be read, or an empty string
   */
  record Reading(Map<String, Object> values, String error) {

    /** A form that could be read. */
    public static Reading of(Map<String, Object> values) {
      return new Reading(values, "");
    }

    /** A form that could not be read. */
    public static Reading failed(String error) {
      return new Reading(Map.of(), error);
    }

    /** Whether the form could be read. */
    public boolean readable() {
      return error.isEmpty();
    }
  }
}
