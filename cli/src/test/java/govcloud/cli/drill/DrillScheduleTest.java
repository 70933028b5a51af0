package govcloud.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillScheduleTest {
  private static final DrillSchedule SCHEDULE =
      new DrillSchedule(
          LocalTime.of(1, 0), ZoneId.of("Asia/Shanghai"), 4, DayOfWeek.SUNDAY, "zhang", "li");

  /** A Thursday, 10:00 in the zone. */
  private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");

  private static JsonNode drill(String scope, String beganAt) {
    return JsonNodeFactory.instance.objectNode().put("scope", scope).put("began_at", beganAt);
  }

  @Test
  void firstOfAll_isEverything() {
    assertThat(SCHEDULE.due(NOW, List.of())).contains(DrillSchedule.Kind.EVERYTHING);
    assertThat(SCHEDULE.due(NOW, List.of(drill("sample", "2026-11-26T01:00:00Z"))))
        .contains(DrillSchedule.Kind.EVERYTHING);
  }

  @Test
  void nightAfterEverything_isASample_once() {
    JsonNode sunday = drill("everything", "2026-11-21T17:10:00Z");
    assertThat(SCHEDULE.due(NOW, List.of(sunday))).contains(DrillSchedule.Kind.SAMPLE);
    JsonNode tonight = drill("sample", "2026-11-25T17:00:01Z");
    assertThat(SCHEDULE.due(NOW, List.of(tonight, sunday))).isEmpty();
    assertThat(SCHEDULE.due(Instant.parse("2026-11-26T16:59:59Z"), List.of(tonight, sunday)))
        .as("a second before the next night")
        .isEmpty();
    assertThat(SCHEDULE.due(Instant.parse("2026-11-26T17:00:00Z"), List.of(tonight, sunday)))
        .contains(DrillSchedule.Kind.SAMPLE);
  }

  @Test
  void everything_isASampleToo_andADayThatWasMissedIsMadeUpFor() {
    JsonNode tonight = drill("everything", "2026-11-25T20:00:00Z");
    assertThat(SCHEDULE.due(NOW, List.of(tonight))).isEmpty();
    JsonNode before = drill("everything", "2026-11-21T16:59:00Z");
    assertThat(SCHEDULE.due(NOW, List.of(before)))
        .as("a minute before its time on Sunday")
        .contains(DrillSchedule.Kind.EVERYTHING);
  }

  @Test
  void schedule_writtenAndRead_isTheSame(@TempDir Path drills) {
    SCHEDULE.write(drills);
    assertThat(DrillSchedule.read(drills)).isEqualTo(SCHEDULE);
  }
}
