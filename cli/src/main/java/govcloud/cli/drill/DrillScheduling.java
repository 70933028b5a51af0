package govcloud.cli.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets or shows when drills are due. */
@Command(
    name = "schedule",
    description = {
      "Show when drills are due, or set it: a sample each night, everything once a week.",
      "A timer that runs `govcloud drill run --due` every quarter of an hour carries it out; the"
          + " two",
      "names are in each of its reports."
    },
    footer = {
      "govcloud drill schedule",
      "govcloud drill schedule --asked-by zhang --approved-by li",
      "govcloud drill schedule --time 03:00 --sample 8 --day saturday --asked-by zhang \\",
      "    --approved-by li"
    })
final class DrillScheduling extends DrillTask {
  @Option(
      names = "--time",
      paramLabel = "HH:MM",
      defaultValue = "01:00",
      description = "When, each day. Default: ${DEFAULT-VALUE}.")
  private LocalTime time;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "Whose time. Default: ${DEFAULT-VALUE}.")
  private ZoneId zone;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "4",
      description = "Slices in a nightly sample. Default: ${DEFAULT-VALUE}.")
  private int slices;

  @Option(
      names = "--day",
      paramLabel = "DAY",
      defaultValue = "sunday",
      description = "On which day everything is drilled. Default: ${DEFAULT-VALUE}.")
  private DayOfWeek day;

  @Option(names = "--asked-by", paramLabel = "NAME", description = "Who asks for all of them.")
  private String askedBy;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      description = "Who approves all of them: somebody else.")
  private String approvedBy;

  @Override
  ExitCode run(DrillPlaces where) {
    if (askedBy != null || approvedBy != null) {
      check();
      new DrillSchedule(time, zone, slices, day, askedBy, approvedBy).write(where.drills());
    }
    DrillSchedule schedule = DrillSchedule.read(where.drills());
    ObjectNode document = schedule.document();
    document.put(
        "due",
        schedule
            .due(clock().instant(), drills(where))
            .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
            .orElse("nothing"));
    output()
        .one(
            document,
            List.of(
                Column.of("each day at", "time"),
                Column.of("in", "zone"),
                Column.of("slices in a sample", "sample_slices"),
                Column.of("everything on", "everything_on"),
                Column.of("asked by", "asked_by"),
                Column.of("approved by", "approved_by"),
                Column.of("due now", "due")));
    return ExitCode.OK;
  }

  private void check() {
    if (askedBy == null || approvedBy == null || askedBy.equals(approvedBy)) {
      throw new CommandFailure(
          ExitCode.FORBIDDEN,
          "DRILL_NOT_APPROVED",
          "asked by %s, approved by %s (expected: two persons)".formatted(askedBy, approvedBy));
    }
    if (slices < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "USAGE", "sample: " + slices + " (expected: >= 1 slices)");
    }
  }
}
