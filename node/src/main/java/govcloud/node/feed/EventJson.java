package govcloud.node.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import govcloud.domain.identity.Secret;
import java.util.Locale;

/** Names and JSON of events as the world outside sees them. */
public final class EventJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addModule(new SimpleModule().addSerializer(Secret.class, new ToStringSerializer()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private EventJson() {}

  /**
   * The type of an event, such as {@code govcloud.case.action-taken.v1}.
   *
   * @param manifest of the record, such as {@code case/1}
   */
  public static String type(String manifest, Object event) {
    int slash = manifest.indexOf('/');
    return "govcloud."
        + manifest.substring(0, slash)
        + "."
        + name(event)
        + ".v"
        + manifest.substring(slash + 1);
  }

  /** The name of an event in lower case with hyphens, such as {@code action-taken}. */
  public static String name(Object event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** The event as a JSON object with snake_case names and ISO times. */
  public static String data(Object event) {
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("event " + event.getClass().getName() + ": no JSON", e);
    }
  }
}
