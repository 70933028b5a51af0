package govcloud.cli.replication;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sibling cloud and what it has. */
@Command(
    name = "replication",
    description = "The sibling cloud, and what it has of this one.",
    footer = {"govcloud replication status", "govcloud replication cut list"},
    subcommands = {
      ReplicationCommand.Status.class,
      ReplicationCommand.Segments.class,
      ReplicationCommand.Verify.class,
      AlarmsCommand.class,
      OrphansCommand.class,
      CutCommand.class,
      DeletionCommand.class,
      RefillCommand.class,
      FailoverCommand.class
    })
public final class ReplicationCommand extends Group {

  /** Shows how far the cloud is replicated. */
  @Command(
      name = "status",
      description = {
        "Show how far the log is at the sibling cloud, and what would be lost now.",
        "Ends with 9 while the sibling is away, refuses, is behind or has lost some of what it has, at",
        "a site that is being drained",
        "(0 once it is `drained`: move it), and at one that was given up; with 0 when there is no",
        "sibling."
      },
      footer = {
        "govcloud replication status",
        "govcloud replication status --slices",
        "govcloud replication status --watch"
      })
  public static final class Status extends ApiCommand {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Set<String> WELL = Set.of("in_step", "drained", "off");

    @Option(names = "--slices", description = "Each slice.")
    private boolean slices;

    @Option(names = "--watch", description = "Show it again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Override
    protected ExitCode run(Connection connection) {
      ExitCode code = show(connection);
      while (watch) {
        Waiting.pause(PAUSE);
        code = show(connection);
      }
      return code;
    }

    private ExitCode show(Connection connection) {
      JsonNode status = connection.get("v1", "replication");
      if (slices && connection.output().format() == Format.table) {
        connection.output().list(status.path("slices"), SLICES);
      } else {
        connection.output().one(status, columns(connection.terminal().language()));
        troubled(connection, status);
      }
      String state = status.path("state").asText();
      return WELL.contains(state) ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private static void troubled(Connection connection, JsonNode status) {
      List<JsonNode> troubled =
          StreamSupport.stream(status.path("slices").spliterator(), false)
              .filter(slice -> slice.has("problem"))
              .toList();
      if (connection.output().format() == Format.table && !troubled.isEmpty()) {
        connection.output().list(troubled, SLICES);
      }
    }

    private static List<Column> columns(String language) {
      return List.of(
          Column.of("sibling", "sibling"),
          Column.of("transport", "transport"),
          Column.of("state", "state"),
          Column.time("accepts nothing since", "drained_since"),
          Column.of("site epoch that counts", "given_up.current_site_epoch"),
          Column.of("orphans", "given_up.orphans"),
          Column.local("would lose", "would_lose", language),
          Column.of("recovery point age, s", "recovery_point_age"),
          Column.of("records without receipt", "records"),
          Column.of("bytes without receipt", "bytes"),
          Column.of("attachments not there", "attachments.missing"),
          Column.of("segments archived", "archived"),
          Column.of("segments receipted", "receipted"),
          Column.of("of them lost there", "missing"),
          Column.of("asked for again there", "lost_there.segments"),
          Column.of("received and lost here", "lost_here.segments"),
          Column.time("last receipt", "last_receipt_at"),
          Column.of("last manifest", "last_manifest.number"),
          Column.of("last cut", "last_cut.number"),
          Column.time("last cut of", "last_cut.at"));
    }

    private static final List<Column> SLICES =
        List.of(
            Column.of("SLICE", "slice"),
            Column.of("ARCHIVED", "archived"),
            Column.of("RECEIPTED", "receipted"),
            Column.of("LOST", "missing"),
            Column.of("RECORDS", "records"),
            Column.of("BYTES", "bytes"),
            Column.time("OLDEST", "oldest_at"),
            Column.of("PROBLEM", "problem"));
  }

  /** Lists segments. */
  @Command(
      name = "segments",
      description = "List the segments of a slice in this cloud's archive, the newest first.",
      footer = {
        "govcloud replication segments --slice 3 --limit 10",
        "govcloud replication segments --slice 3 --received"
      })
  public static final class Segments extends ApiCommand {
    private static final int LARGEST_PAGE = 200;

    @Option(names = "--slice", required = true, paramLabel = "N", description = "The slice.")
    private int slice;

    @Option(
        names = "--received",
        description = "Of those that this cloud has received from its sibling, instead.")
    private boolean received;

    @Option(
        names = "--limit",
        defaultValue = "50",
        paramLabel = "N",
        description = "At most so many. Default: 50.")
    private int limit;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get(ApiRequest.path("v1", "replication", "segments"))
              .with("slice", String.valueOf(slice))
              .with("page_size", String.valueOf(Math.max(1, Math.min(limit, LARGEST_PAGE))));
      if (received) {
        list = list.with("received", "true");
      }
      List<JsonNode> segments =
          StreamSupport.stream(Pages.of(connection.api(), list).spliterator(), false)
              .limit(limit)
              .toList();
      connection
          .output()
          .list(
              segments,
              List.of(
                  Column.of("NUMBER", "number"),
                  Column.of("FROM", "first_offset"),
                  Column.of("TO", "last_offset"),
                  Column.of("RECORDS", "records"),
                  Column.of("BYTES", "bytes"),
                  Column.time("AT", "at"),
                  Column.time("RECEIVED", "received_at"),
                  Column.of("PROBLEM", "problem")));
      return ExitCode.OK;
    }
  }

  /** Checks the archive. */
  @Command(
      name = "verify",
      description = {
        "Check every segment, manifest, cut and receipt in this cloud's own archive.",
        "Ends with 0 when all is sound and with 11 when something is wrong."
      },
      footer = {
        "govcloud replication verify",
        "govcloud replication verify --last",
        "govcloud replication verify -o json --timeout 3600"
      })
  public static final class Verify extends ApiCommand {
    @Option(names = "--last", description = "Only show what the last check gave.")
    private boolean last;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      String path = ApiRequest.path("v1", "replication", "verification");
      if (!last) {
        JsonNode begun =
            change
                .send(connection, ApiRequest.change("POST", path, change.key(), connection.body()))
                .body();
        ExitCode ended =
            Waiting.withBar(
                connection, begun.path("operation").asText(), options().timeout(), "Verifying");
        if (ended != ExitCode.OK) {
          return ended;
        }
      }
      JsonNode report = connection.send(ApiRequest.get(path)).body();
      connection.output().one(report, REPORT);
      JsonNode findings = report.path("findings");
      if (connection.output().format() == Format.table && !findings.isEmpty()) {
        connection.output().list(findings, FINDINGS);
      }
      return switch (report.path("state").asText()) {
        case "findings" -> ExitCode.FINDINGS;
        case "failed" -> ExitCode.FAILED;
        default -> ExitCode.OK;
      };
    }

    private static final List<Column> REPORT =
        List.of(
            Column.of("state", "state"),
            Column.time("started", "started_at"),
            Column.time("ended", "ended_at"),
            Column.of("manifests", "manifests"),
            Column.of("segments", "segments"),
            Column.of("records", "records"),
            Column.of("receipts", "receipts"),
            Column.of("cuts proved", "cuts"),
            Column.of("attachments", "attachments"),
            Column.of("further findings", "further"),
            Column.of("failure", "failure"));

    private static final List<Column> FINDINGS =
        List.of(
            Column.of("CODE", "code"),
            Column.of("FILE", "name"),
            Column.of("FROM", "from"),
            Column.of("TO", "to"),
            Column.of("DETAIL", "detail"));
  }
}
