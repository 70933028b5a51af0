package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.cli.output.Terminal;
import govcloud.cli.output.Terminal.Colour;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows how a cloud is. */
@Command(
    name = "status",
    description = {
      "Show nodes, slices, views and what needs attention.",
      "Exit code 0 means healthy; 9 means that no node answers, a node is not up, a slice has no",
      "home, or something red in the cloud itself needs attention. Overdue cases are shown and are",
      "no fault of the cloud."
    },
    footer = {
      "govcloud status",
      "govcloud status -o json",
      "govcloud status > /dev/null && echo healthy"
    })
public final class StatusCommand extends ApiCommand {

  @Override
  protected ExitCode run(Connection connection) {
    JsonNode cluster = cluster(connection);
    boolean healthy = isHealthy(cluster);
    if (connection.output().format() == Format.table) {
      show(connection, cluster);
      Terminal terminal = connection.terminal();
      terminal.say(
          healthy
              ? terminal.paint(Colour.GREEN, "Healthy.")
              : terminal.paint(Colour.RED, "Not healthy."));
    } else {
      connection.output().one(cluster, List.of());
    }
    return healthy ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  /** How the cluster is; when no node can tell, the reason is looked for on this machine. */
  private static JsonNode cluster(Connection connection) {
    try {
      return connection.get("v1", "cluster");
    } catch (CommandFailure failure) {
      Terminal terminal = connection.terminal();
      new DatabaseTrouble(connection.home(), connection.json())
          .sentence()
          .ifPresent(sentence -> terminal.say(terminal.paint(Colour.RED, sentence)));
      throw failure;
    }
  }

  /** Whether every node is up, every slice has a home and nothing red but cases needs attention. */
  static boolean isHealthy(JsonNode cluster) {
    boolean healthy = cluster.path("nodes").size() > 0 && cluster.path("unallocated").isEmpty();
    for (JsonNode node : cluster.path("nodes")) {
      healthy &= node.path("status").asText().equals("up");
    }
    for (JsonNode item : cluster.path("attention")) {
      boolean ofCases = item.path("code").asText().startsWith("CASES_");
      healthy &= ofCases || !item.path("severity").asText().equals("red");
    }
    return healthy;
  }

  private static void show(Connection connection, JsonNode cluster) {
    connection.output().list(cluster.path("nodes"), nodeColumns());
    connection.terminal().out().println();
    connection
        .output()
        .list(
            cluster.path("views"),
            List.of(
                Column.of("VIEW", "view"), new Column("LAG", v -> v.path("lag").asText() + " s")));
    if (!cluster.path("unallocated").isEmpty()) {
      List<String> homeless = new ArrayList<>();
      cluster.path("unallocated").forEach(s -> homeless.add(s.path("slice").asText()));
      connection.terminal().out().println("\nslices without a home: " + String.join(" ", homeless));
    }
    if (!cluster.path("attention").isEmpty()) {
      connection.terminal().out().println();
      String language = connection.terminal().language();
      connection
          .output()
          .list(
              cluster.path("attention"),
              List.of(
                  Column.of("SEVERITY", "severity"),
                  Column.of("CODE", "code"),
                  Column.of("SUBJECT", "subject"),
                  Column.local("DETAIL", "detail", language),
                  Column.local("ACTION", "action", language)));
    }
  }

  /** The columns in which nodes are shown. */
  static List<Column> nodeColumns() {
    return List.of(
        Column.of("NODE", "name"),
        Column.of("STATUS", "status"),
        new Column("SLICES", StatusCommand::slices),
        Column.of("VERSION", "version"),
        Column.of("API", "http"));
  }

  private static String slices(JsonNode node) {
    List<String> slices = new ArrayList<>();
    node.path("slices").forEach(slice -> slices.add(slice.asText()));
    return slices.isEmpty() ? "-" : String.join(" ", slices);
  }
}
