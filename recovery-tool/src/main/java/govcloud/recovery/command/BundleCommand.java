package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.recovery.bundle.RecoveryBundle;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts this tool where it will be needed. */
@Command(
    name = "bundle",
    description = {
      "Put this tool and its runbook into an archive, or check those that are there.",
      "On the day of the loss, `bundle/*/recover` in the sibling's folder is all the software that",
      "is needed. `sha256sum -c SHA256SUMS` in a bundle checks it without running it."
    },
    footer = {
      "recover bundle --archive /srv/received",
      "recover bundle --archive /srv/received --check"
    })
final class BundleCommand extends RecoveryTask {
  @Option(
      names = "--archive",
      paramLabel = "FOLDER",
      required = true,
      description = "Where a sibling's files are received: its `received` folder.")
  private Path archive;

  @Option(names = "--check", description = "Only check the bundles that are there.")
  private boolean check;

  @Override
  ExitCode run() {
    RecoveryBundle bundles = new RecoveryBundle(archive);
    try {
      return check ? check(bundles) : write(bundles);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "ARCHIVE_UNAVAILABLE",
          "archive: " + archive + " (expected: a folder that can be read and written; " + e + ")");
    }
  }

  private ExitCode write(RecoveryBundle bundles) throws IOException {
    Path bundle = bundles.write(jar());
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("bundle", bundle.toString()).put("start", bundle.resolve("recover").toString());
    output().one(result, List.of(Column.of("bundle", "bundle"), Column.of("start", "start")));
    return ExitCode.OK;
  }

  /** Where this program is. */
  private static Path jar() {
    try {
      Path jar =
          Path.of(BundleCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return jar;
      }
      throw new CommandFailure(
          ExitCode.FAILED, "NOT_BUILT", "program: " + jar + " (expected: run from its jar file)");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private ExitCode check(RecoveryBundle bundles) throws IOException {
    ArrayNode items = Json.mapper().createArrayNode();
    boolean right = true;
    for (RecoveryBundle.Found found : bundles.check()) {
      ObjectNode item = items.addObject().put("bundle", found.name());
      item.put("sound", found.wrong().isEmpty());
      found.wrong().forEach(item.putArray("wrong")::add);
      right &= found.wrong().isEmpty();
    }
    if (items.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "BUNDLE_MISSING",
          "archive: " + archive + " has no bundle (expected: one; `recover bundle` makes it)");
    }
    output()
        .list(
            items,
            List.of(
                Column.of("BUNDLE", "bundle"),
                Column.of("SOUND", "sound"),
                Column.of("WRONG", "wrong")));
    return right ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
