package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import govcloud.domain.alarm.Alarm;
import govcloud.domain.alarm.AlarmState;
import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alarms are written down once, whatever is started again. */
class AlarmRecorderTest {
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final ReplicationAlarm AWAY = alarm(Kind.SIBLING_AWAY, "mountain", 60);

  private final MemoryEntities entities = new MemoryEntities();
  private final List<ReplicationAlarm> seen = new ArrayList<>();
  private final Set<Kind> known = EnumSet.allOf(Kind.class);
  private AlarmRecorder recorder;
  private long nanos;

  private static ReplicationAlarm alarm(Kind kind, String subject, long secondsAgo) {
    return new ReplicationAlarm(kind, subject, "seen", NOON.minusSeconds(secondsAgo));
  }

  @BeforeEach
  void start() {
    recorder =
        new AlarmRecorder(
            entities,
            () -> List.copyOf(seen),
            known::contains,
            "node-1:7355",
            Clock.fixed(NOON, ZoneOffset.UTC),
            () -> nanos);
  }

  private AlarmState book() {
    return AlarmRecorder.book(entities).toCompletableFuture().join();
  }

  private void pass(Duration time) throws Exception {
    recorder.record();
    nanos += time.toNanos();
    recorder.record();
  }

  @Test
  void alarm_seenAgainAndAgain_isWrittenDownOnce() throws Exception {
    seen.add(AWAY);
    assertThat(recorder.record()).isEqualTo(1);
    assertThat(recorder.record()).isZero();
    pass(Duration.ofHours(1));
    assertThat(entities.version(AlarmRecorder.BOOK)).isEqualTo(1);
    assertThat(book().raised())
        .extracting(Alarm::kind, Alarm::subject, Alarm::node, Alarm::since)
        .containsExactly(tuple("SIBLING_AWAY", "mountain", "node-1:7355", NOON.minusSeconds(60)));
  }

  @Test
  void nodeRestarted_doesNotClearWhatItDoesNotSeeYet_norRaiseItAgain() throws Exception {
    seen.add(AWAY);
    recorder.record();
    start();
    seen.clear();
    pass(Duration.ofSeconds(59));
    assertThat(book().raised()).as("it has just begun to look").hasSize(1);
    seen.add(new ReplicationAlarm(AWAY.kind(), AWAY.subject(), "seen anew", NOON));
    pass(AlarmRecorder.SETTLING);
    assertThat(entities.version(AlarmRecorder.BOOK)).isEqualTo(1);
    assertThat(book().raised().get(0).since()).isEqualTo(NOON.minusSeconds(60));
  }

  @Test
  void alarm_over_isClearedWithItsTime_whenTheNodeWouldSeeIt() throws Exception {
    seen.add(AWAY);
    recorder.record();
    seen.clear();
    known.remove(Kind.SIBLING_AWAY);
    pass(AlarmRecorder.SETTLING);
    assertThat(book().raised()).as("nobody tells of slices").hasSize(1);
    known.add(Kind.SIBLING_AWAY);
    recorder.record();
    assertThat(book().raised()).isEmpty();
    assertThat(book().over()).hasSize(1);
    assertThat(book().over().get(0).until()).isPresent();
    assertThat(recorder.record()).isZero();
  }

  @Test
  void alarmsOfAMoment_andThoseOfASiteThatWasGivenUp_areNotWrittenDown() throws Exception {
    seen.add(alarm(Kind.SEGMENT_REFUSED, "slice 3", 14));
    assertThat(recorder.record()).isZero();
    seen.add(AWAY);
    seen.add(alarm(Kind.SITE_FENCED, "harbour", 60));
    assertThat(recorder.record()).isZero();
    assertThat(entities.version(AlarmRecorder.BOOK)).isZero();
  }
}
