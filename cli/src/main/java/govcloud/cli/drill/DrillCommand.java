package govcloud.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Group;
import govcloud.cli.command.Json;
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
              drills(places),
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
      description = {
        "Show a drill department by department, check its signature, and compare it with the last",
        "good drills of everything before it."
      },
      footer = {"govcloud drill show drill-20261128-010000"})
  static final class Show extends DrillTask {
    @Parameters(paramLabel = "DRILL", description = "Its name.")
    private String drill;

    @Override
    ExitCode run(DrillPlaces places) {
      DrillReports reports = new DrillReports(places.drills());
      DrillReports.Shown shown = reports.show(drill, places.keys());
      ObjectNode report = shown.report();
      DrillReports.Found trend = reports.trend(drill, places.keys());
      if (output().format() == Format.table) {
        summary(report);
        departments(report);
        trend(trend.drills());
      } else {
        ArrayNode points = report.putArray("trend");
        trend.drills().forEach(point -> points.add(point(point)));
        summary(report);
      }
      trend.passedOver().forEach(one -> terminal().say("not in the trend: " + one));
      boolean good = report.path("outcome").asText().equals("good");
      return shown.signature().isBelieved() && good ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private void summary(ObjectNode report) {
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
    }

    private void departments(ObjectNode report) {
      if (report.path("tenants").isEmpty()) {
        return;
      }
      output()
          .list(
              List.copyOf(report.withArray("tenants").findParents("tenant")),
              List.of(
                  Column.of("TENANT", "tenant"),
                  Column.of("RECORDS", "records"),
                  Column.of("PROVED", "proved"),
                  Column.of("RTO, S", "recovery_time_seconds"),
                  Column.of("RPO, S", "recovery_point_age_seconds"),
                  Column.of("EVENTS BEHIND CUT", "events_behind_cut")));
    }

    private void trend(List<JsonNode> trend) {
      if (trend.isEmpty()) {
        return;
      }
      output()
          .list(
              trend,
              List.of(
                  Column.of("TREND", "drill"),
                  Column.of("BEGAN", "began_at"),
                  Column.of("RECORDS", "measured.records"),
                  Column.of("RTO, S", "measured.recovery_time_seconds"),
                  Column.of("RPO, S", "measured.recovery_point_age_seconds")));
    }

    private static ObjectNode point(JsonNode drill) {
      ObjectNode point = Json.mapper().createObjectNode();
      point.set("drill", drill.path("drill"));
      point.set("began_at", drill.path("began_at"));
      for (String figure :
          List.of("records", "recovery_time_seconds", "recovery_point_age_seconds")) {
        point.set(figure, drill.path("measured").path(figure));
      }
      return point;
    }
  }
}
