package govcloud.cli.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON form of everything this command reads and writes. */
public final class Json {
  private Json() {}

  /** A mapper that keeps decimal numbers exact. */
  public static ObjectMapper mapper() {
    return new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }
}
