package govcloud.cli.casework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Form data, given on the command line or in a file. */
final class FormOption {
  @Option(
      names = "--form",
      paramLabel = "JSON",
      description = "Form data as a JSON object, or @FILE.")
  private String form;

  /** The form, if one was given. */
  Optional<JsonNode> read(ObjectMapper json) {
    if (form == null) {
      return Optional.empty();
    }
    try {
      String text = form.startsWith("@") ? Files.readString(Path.of(form.substring(1))) : form;
      JsonNode tree = json.readTree(text);
      if (!tree.isObject()) {
        throw wrong("form: " + tree.getNodeType() + " (expected: a JSON object)");
      }
      return Optional.of(tree);
    } catch (JsonProcessingException e) {
      throw wrong(
          "form: not JSON at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + " ("
              + e.getOriginalMessage()
              + ")");
    } catch (IOException e) {
      throw wrong("form: cannot read " + form.substring(1) + " (" + e.getMessage() + ")");
    }
  }

  private static CommandFailure wrong(String detail) {
    return new CommandFailure(ExitCode.USAGE, "FORM_UNREADABLE", detail);
  }
}
