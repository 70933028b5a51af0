package govcloud.cli.casework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.FileTransfer;
import govcloud.cli.casework.CaseCommand.OneCase;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import govcloud.cli.output.ProgressBar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Materials of a case and their content. */
final class MaterialCommands {

  private MaterialCommands() {}

  private static ProgressBar bar(Connection connection, String title) {
    return new ProgressBar(connection.terminal(), connection.clock(), title, "bytes");
  }

  /** Sends a file as the content of a material. */
  @Command(
      name = "attach",
      description = "Send a file as the content of a material.",
      footer = {
        "govcloud case attach transport permits c-1 营业执照 licence.pdf --as zhang-san:clerk",
        "govcloud case attach transport permits c-1 'site plan' plan --type application/ofd"
      })
  static final class Attach extends OneCase {
    @Parameters(index = "3", paramLabel = "MATERIAL", description = "Its name on the list.")
    private String material;

    @Parameters(index = "4", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "Its media type. Default: by the end of its name.")
    private String type;

    @Option(
        names = "--kind",
        defaultValue = "electronic",
        paramLabel = "KIND",
        description = "original, copy or electronic. Default: ${DEFAULT-VALUE}.")
    private String kind;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      String name = Normalizer.normalize(file.getFileName().toString(), Normalizer.Form.NFC);
      String mediaType = type == null ? MediaTypes.of(name) : type;
      if (change.isDryRun()) {
        connection.terminal().say("Dry run: " + name + " as " + mediaType + "; nothing was sent.");
        return ExitCode.OK;
      }
      JsonNode sent;
      try (ProgressBar bar = bar(connection, "Sending")) {
        sent =
            FileTransfer.send(
                connection.api(), attachments(connection), mediaType, file, bar::update);
      }
      ObjectNode body =
          connection.body().put("name", material).put("kind", kind).put("received", true);
      body.putObject("attachment")
          .put("address", sent.path("address").asText())
          .put("file_name", name);
      return change.show(
          connection,
          change.send(
              connection, ApiRequest.change("POST", path() + "/materials", change.key(), body)));
    }

    private ApiRequest attachments(Connection connection) {
      return ApiRequest.change("POST", attachments(), change.key(), null)
          .withHeader(ApiRequest.ACTING_AS, connection.actingAs());
    }
  }

  /** Lists the materials of a case. */
  @Command(
      name = "materials",
      description = "List the materials of a case.",
      footer = {"govcloud case materials transport permits c-1"})
  static final class Materials extends OneCase {
    @Override
    protected ExitCode run(Connection connection) {
      JsonNode materials = connection.send(ApiRequest.get(path())).body().path("materials");
      connection
          .output()
          .list(
              materials,
              List.of(
                  Column.of("NAME", "name"),
                  Column.of("KIND", "kind"),
                  Column.of("REQUIRED", "required"),
                  Column.of("RECEIVED", "received"),
                  Column.of("FILE", "attachment.file_name"),
                  Column.of("TYPE", "attachment.media_type"),
                  Column.of("BYTES", "attachment.length")));
      return ExitCode.OK;
    }
  }

  /** Fetches the content of a material. */
  @Command(
      name = "download",
      description = "Fetch the content of a material; never overwrites a file.",
      footer = {"govcloud case download transport permits c-1 营业执照 --to copy.pdf"})
  static final class Download extends OneCase {
    @Parameters(index = "3", paramLabel = "MATERIAL", description = "Its name on the list.")
    private String material;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        description = "Where to. Default: its own name, in this folder.")
    private Path to;

    @Override
    protected ExitCode run(Connection connection) {
      JsonNode attachment = attachment(connection);
      Path target = to == null ? Path.of(plain(attachment.path("file_name").asText())) : to;
      if (Files.exists(target)) {
        throw new CommandFailure(
            ExitCode.CONFLICT, "FILE_EXISTS", target + " is there already; choose another --to.");
      }
      ApiRequest request =
          ApiRequest.get(attachments() + ApiRequest.path(attachment.path("address").asText()))
              .withHeader(ApiRequest.ACTING_AS, connection.actingAs());
      try (ProgressBar bar = bar(connection, "Fetching")) {
        FileTransfer.fetch(connection.api(), request, target, bar::update);
      }
      connection.terminal().say("Done. " + target);
      return ExitCode.OK;
    }

    private JsonNode attachment(Connection connection) {
      for (JsonNode found : connection.send(ApiRequest.get(path())).body().path("materials")) {
        if (found.path("name").asText().equals(material) && found.has("attachment")) {
          return found.path("attachment");
        }
      }
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "MATERIAL_WITHOUT_FILE",
          "The case has no file for \"" + material + "\"; see `govcloud case materials`.");
    }

    /** The server has checked the name; a file is still never written outside this folder. */
    private static String plain(String name) {
      return name.replace('/', '_').replace('\\', '_').replaceFirst("^\\.", "_");
    }
  }
}
