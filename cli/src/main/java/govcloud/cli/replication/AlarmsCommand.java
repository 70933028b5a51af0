package govcloud.cli.replication;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists alarms. */
@Command(
    name = "alarms",
    description = {
      "List what was wrong with replication: what it is about, since when and until when.",
      "Those that are raised come first. Alarms are written down and survive restarts.",
      "Ends with 0, also when some are raised."
    },
    footer = {"govcloud replication alarms", "govcloud replication alarms --raised -o json"})
public final class AlarmsCommand extends ApiCommand {

  @Option(names = "--raised", description = "Only those that are not over.")
  private boolean raised;

  @Override
  protected ExitCode run(Connection connection) {
    List<JsonNode> alarms =
        StreamSupport.stream(
                connection.get("v1", "replication", "alarms").path("items").spliterator(), false)
            .filter(alarm -> !raised || !alarm.has("until"))
            .toList();
    connection
        .output()
        .list(
            alarms,
            List.of(
                Column.of("KIND", "kind"),
                Column.of("SUBJECT", "subject"),
                Column.time("SINCE", "since"),
                Column.time("UNTIL", "until"),
                Column.of("NODE", "node"),
                Column.of("DETAIL", "detail")));
    return ExitCode.OK;
  }
}
