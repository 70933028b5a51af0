package govcloud.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.local.CloudHome;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When drills are due: a sample each night, everything once a week. A time that was missed is made
 * up for at the next look.
 *
 * @param time of the day, in the zone
 * @param zone of the offices
 * @param slices in a sample
 * @param day on which everything is drilled
 * @param askedBy who asked for all of them
 * @param approvedBy who approved all of them, and is somebody else
 */
record DrillSchedule(
    LocalTime time, ZoneId zone, int slices, DayOfWeek day, String askedBy, String approvedBy) {
  private static final String FILE = "schedule.json";

  /** Everything, or some slices. */
  enum Kind {
    SAMPLE,
    EVERYTHING
  }

  /**
   * What is due now, after these drills. What began counts, however it ended; of which nothing can
   * be read any more does not.
   */
  Optional<Kind> due(Instant now, List<JsonNode> drills) {
    ZonedDateTime today = now.atZone(zone).with(time);
    ZonedDateTime night = today.toInstant().isAfter(now) ? today.minusDays(1) : today;
    ZonedDateTime week = night.with(TemporalAdjusters.previousOrSame(day));
    if (last(drills, "everything").isBefore(week.toInstant())) {
      return Optional.of(Kind.EVERYTHING);
    }
    Instant any =
        last(drills, "everything").isAfter(last(drills, "sample"))
            ? last(drills, "everything")
            : last(drills, "sample");
    return any.isBefore(night.toInstant()) ? Optional.of(Kind.SAMPLE) : Optional.empty();
  }

  private static Instant last(List<JsonNode> drills, String scope) {
    return drills.stream()
        .filter(drill -> drill.path("scope").asText().equals(scope) && drill.has("began_at"))
        .map(drill -> Instant.parse(drill.path("began_at").asText()))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /**
   * The schedule in a folder of drills.
   *
   * @throws CommandFailure when there is none
   */
  static DrillSchedule read(Path drills) {
    ObjectNode file = CloudHome.read(Json.mapper(), drills.resolve(FILE));
    if (!file.has("approved_by")) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "DRILL_SCHEDULE_MISSING",
          "schedule: none in "
              + drills
              + " (expected: govcloud drill schedule --asked-by NAME --approved-by NAME)");
    }
    try {
      return new DrillSchedule(
          LocalTime.parse(file.path("time").asText()),
          ZoneId.of(file.path("zone").asText()),
          file.path("sample_slices").asInt(),
          DayOfWeek.valueOf(file.path("everything_on").asText().toUpperCase(Locale.ROOT)),
          file.path("asked_by").asText(),
          file.path("approved_by").asText());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "DRILL_SCHEDULE_WRONG",
          drills.resolve(FILE) + ": " + e.getMessage() + " (expected: as written by it)");
    }
  }

  /** Writes it. */
  void write(Path drills) {
    CloudHome.write(Json.mapper(), drills.resolve(FILE), document());
  }

  /** As JSON. */
  ObjectNode document() {
    return Json.mapper()
        .createObjectNode()
        .put("time", time.toString())
        .put("zone", zone.getId())
        .put("sample_slices", slices)
        .put("everything_on", day.name().toLowerCase(Locale.ROOT))
        .put("asked_by", askedBy)
        .put("approved_by", approvedBy);
  }
}
