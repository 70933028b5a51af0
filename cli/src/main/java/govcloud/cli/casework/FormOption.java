package govcloud.cli.casework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.command.JsonArgument;
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
    return Optional.ofNullable(form).map(given -> JsonArgument.read(json, "form", given));
  }
}
