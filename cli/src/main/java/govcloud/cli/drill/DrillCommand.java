package govcloud.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Rehearsals of a recovery. */
@Command(
    name = "drill",
    description = "Rehearse the recovery of this cloud from its sibling, and see how that went.",
    footer = {
      "govcloud drill run --asked-by zhang --approved-by li",
      "govcloud drill list",
      "govcloud drill show drill-20261128-010000",
      "govcloud drill schedule"
    },
    subcommands = {
      DrillRun.class,
      DrillCommand.ListDrills.class,
      DrillCommand.Show.class,
      DrillScheduling.class
    })
public final class DrillCommand extends Group {

  /** Lists drills. */
  @Command(
      name = "list",
      description = "List drills, the newest first: how long a recovery took, and what was found.",
      footer = {"govcloud drill list", "govcloud drill list -o json"})
  static final class ListDrills extends DrillTask {
    @Override
    ExitCode run(DrillPlaces places) {
      output()
          .list(
              new DrillReports(places.drills()).list(),
              List.of(
                  Column.of("DRILL", "drill"),
                  Column.of("SCOPE", "scope"),
                  Column.of("OUTCOME", "outcome"),
                  Column.of("RECORDS", "measured.records"),
                  Column.of("RTO, S", "measured.recovery_time_seconds"),
                  Column.of("RPO, S", "measured.recovery_point_age_seconds"),
                  Column.of("DIFFERENCES", "proof.finding_count"),
                  Column.of("CLEANED UP", "cleaned_up")));
      return ExitCode.OK;
    }
  }

  /** Shows a drill. */
  @Command(
      name = "show",
      description = "Show a drill department by department, and check its signature.",
      footer = {"govcloud drill show drill-20261128-010000"})
  static final class Show extends DrillTask {
    @Parameters(paramLabel = "DRILL", description = "Its name.")
    private String drill;

    @Override
    ExitCode run(DrillPlaces places) {
      ObjectNode report = new DrillReports(places.drills()).show(drill);
      output()
          .one(
              report,
              List.of(
                  Column.of("drill", "drill"),
                  Column.of("outcome", "outcome"),
                  Column.of("why", "failure"),
                  Column.of("signature", "signature"),
                  Column.of("asked by", "asked_by"),
                  Column.of("approved by", "approved_by"),
                  Column.of("scope", "scope"),
                  Column.of("began", "began_at"),
                  Column.of("recovery time, s", "measured.recovery_time_seconds"),
                  Column.of("age of the last record, s", "measured.recovery_point_age_seconds")));
      if (output().format() == Format.table && !report.path("tenants").isEmpty()) {
        List<JsonNode> tenants = List.copyOf(report.withArray("tenants").findParents("tenant"));
        output()
            .list(
                tenants,
                List.of(
                    Column.of("TENANT", "tenant"),
                    Column.of("RECORDS", "records"),
                    Column.of("PROVED", "proved"),
                    Column.of("RTO, S", "recovery_time_seconds"),
                    Column.of("RPO, S", "recovery_point_age_seconds"),
                    Column.of("EVENTS BEHIND CUT", "events_behind_cut")));
      }
      boolean right = !report.path("signature").asText().equals("wrong");
      boolean good = report.path("outcome").asText().equals("good");
      return right && good ? ExitCode.OK : ExitCode.FINDINGS;
    }
  }
}
