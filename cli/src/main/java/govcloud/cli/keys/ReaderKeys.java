package govcloud.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.ReaderGrant;
import govcloud.replication.keys.ReaderGrants;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may read, in a recovery, what a sibling has sent here. */
final class ReaderKeys {
  private static final int LONGEST_HOURS = 168;

  private ReaderKeys() {}

  /** Lets somebody read, or no longer. */
  @Command(
      name = "reader",
      description = {
        "Let somebody read over HTTPS, for some hours, what a sibling has sent here, so that its",
        "cloud is rebuilt from it: `recover ... --archive https://...  --reader FOLDER`. The",
        "folder holds a key; whoever has it is the reader, and reads sealed files, nothing else.",
        "Nodes see it within three seconds; grant, reading and end are in the audit trail."
      },
      footer = {
        "govcloud keys reader harbour --name zhang --into /media/reader",
        "govcloud keys reader harbour --name zhang --end"
      })
  static final class Reader extends KeyTask {
    @Parameters(paramLabel = "CLOUD", description = "The sibling's name.")
    private String cloud;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "Who reads, as the audit trail names it.")
    private String name;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
        names = "--hours",
        paramLabel = "N",
        defaultValue = "48",
        description = "How long, at most 168. Default: ${DEFAULT-VALUE}.")
    private int hours;

    /** One of both. */
    static final class What {
      @Option(
          names = "--into",
          paramLabel = "FOLDER",
          required = true,
          description = "For the reader's key and the cards of both clouds; not there yet.")
      private Path folder;

      @Option(names = "--end", required = true, description = "Read no longer.")
      private boolean end;
    }

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,30}")) {
        throw new CommandFailure(
            ExitCode.USAGE, "USAGE", "name: " + name + " (expected: ^[a-z0-9][a-z0-9-]{0,30}$)");
      }
      if (hours < 1 || hours > LONGEST_HOURS) {
        throw new CommandFailure(
            ExitCode.USAGE, "USAGE", "hours: " + hours + " (expected: 1 to " + LONGEST_HOURS + ")");
      }
      ReaderGrants grants = new ReaderGrants(keys);
      ObjectNode result = Json.mapper().createObjectNode().put("cloud", cloud).put("reader", name);
      if (what.end) {
        grants.end(name);
        deed(keys, "reader-end", cloud + "/" + name);
        result.put("reads", false);
      } else {
        result.put("reads", true).put("until", grant(keys, grants).until().toString());
        result.put("folder", what.folder.toString());
      }
      output()
          .one(
              result,
              List.of(
                  Column.of("cloud", "cloud"),
                  Column.of("reader", "reader"),
                  Column.of("reads", "reads"),
                  Column.time("until", "until"),
                  Column.of("folder", "folder")));
      return ExitCode.OK;
    }

    private ReaderGrant grant(KeyFolder keys, ReaderGrants grants) throws KeyException {
      Instant now = clock().instant();
      Instant until = now.plus(Duration.ofHours(hours));
      ReaderGrant grant = grants.grant(cloud, name, what.folder, now, until, new SecureRandom());
      deed(keys, "reader-grant", cloud + "/" + name + "/" + until);
      return grant;
    }
  }

  /** Lists who may read. */
  @Command(
      name = "readers",
      description = "List who may read what siblings have sent here, and until when.",
      footer = {"govcloud keys readers", "govcloud keys readers -o json"})
  static final class Readers extends KeyTask {
    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      List<JsonNode> items = new ArrayList<>();
      for (ReaderGrant grant : new ReaderGrants(keys).list()) {
        items.add(
            Json.mapper()
                .createObjectNode()
                .put("reader", grant.name())
                .put("cloud", grant.cloud())
                .put("until", grant.until().toString())
                .put("over", grant.isOver(clock().instant())));
      }
      output()
          .list(
              items,
              List.of(
                  Column.of("READER", "reader"),
                  Column.of("CLOUD", "cloud"),
                  Column.time("UNTIL", "until"),
                  Column.of("OVER", "over")));
      return ExitCode.OK;
    }
  }
}
