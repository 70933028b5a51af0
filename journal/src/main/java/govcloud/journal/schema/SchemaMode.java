package govcloud.journal.schema;

import com.typesafe.config.Config;
import java.util.Locale;

/** What a node may do to the schema when it starts: {@code govcloud.cassandra.schema}. */
public enum SchemaMode {
  /** Apply what is missing. */
  MIGRATE,
  /** Only check, and refuse to start when something is missing: an operator migrates. */
  VERIFY;

  private static final String PATH = "govcloud.cassandra.schema";

  /** Reads the mode from the whole configuration. */
  public static SchemaMode from(Config root) {
    String value = root.getString(PATH);
    try {
      return valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          PATH + ": " + value + " (expected: migrate or verify)", unknown);
    }
  }
}
