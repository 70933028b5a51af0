package govcloud.recovery.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Group;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.recovery.drill.DrillWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rehearses a recovery, without touching anything that is in use. */
@Command(
    name = "drill",
    description = {
      "Rehearse a recovery: the same restore and proof, in a Cassandra of its own, and a real node",
      "on the restored data. Production and the archive stay as they are."
    },
    footer = {
      "recover drill run --archive /srv/received --drill-key /etc/govcloud/drill.key \\",
      "    --drill-grants /etc/govcloud/keys/drill --drills /srv/drills --approved-by li",
      "recover drill clean --drills /srv/drills"
    },
    subcommands = {DrillRunCommand.class, DrillCommand.Clean.class})
final class DrillCommand extends Group {

  /** Clears up after a drill that was killed. */
  @Command(
      name = "clean",
      description = {
        "End processes and delete data that a killed drill left.",
        "Every drill does the same before it begins. Reports stay."
      },
      footer = {"recover drill clean --drills /srv/drills"})
  static final class Clean extends RecoveryTask {
    @Option(
        names = "--drills",
        paramLabel = "FOLDER",
        required = true,
        description = "The folder of all drills.")
    private Path drills;

    @Override
    ExitCode run() {
      try (DrillWork place = take(drills)) {
        DrillWork.LeftOvers left = place.clear();
        output()
            .one(
                Json.mapper()
                    .createObjectNode()
                    .put("processes", left.processes())
                    .put("bytes", left.bytes()),
                List.of(Column.of("processes ended", "processes"), Column.of("bytes", "bytes")));
        return ExitCode.OK;
      } catch (IOException e) {
        throw unusable(drills, e);
      }
    }
  }

  /** The place of this drill; there is one. */
  static DrillWork take(Path drills) throws IOException {
    Optional<DrillWork> place = DrillWork.take(drills);
    return place.orElseThrow(
        () ->
            new CommandFailure(
                ExitCode.CONFLICT,
                "DRILL_RUNNING",
                "drills: " + drills + " has one that runs (expected: one at a time)"));
  }

  static CommandFailure unusable(Path drills, IOException cause) {
    return new CommandFailure(
        ExitCode.FAILED,
        "DRILL_FOLDER_UNUSABLE",
        "drills: " + drills + " (" + cause.getMessage() + "; expected: a folder to write to)");
  }
}
