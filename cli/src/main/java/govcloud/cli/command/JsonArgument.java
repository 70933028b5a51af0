package govcloud.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A JSON object on the command line, or in a file whose name follows an {@code @}. */
public final class JsonArgument {

  private JsonArgument() {}

  /**
   * Reads it.
   *
   * @param name what it is, for messages
   */
  public static JsonNode read(ObjectMapper json, String name, String given) {
    try {
      String text = given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given;
      JsonNode tree = json.readTree(text);
      if (!tree.isObject()) {
        throw wrong(name, tree.getNodeType() + " (expected: a JSON object)");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw wrong(
          name,
          "not JSON at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + " ("
              + e.getOriginalMessage()
              + ")");
    } catch (IOException e) {
      throw wrong(name, "cannot read " + given.substring(1) + " (" + e.getMessage() + ")");
    }
  }

  private static CommandFailure wrong(String name, String detail) {
    return new CommandFailure(
        ExitCode.USAGE, name.toUpperCase(Locale.ROOT) + "_UNREADABLE", name + ": " + detail);
  }
}
