package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.schema.RecoveryQueue.Entry;
import govcloud.journal.schema.RecoveryQueue.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryQueueTest {
  private static final Instant BEGAN = Instant.parse("2026-03-02T21:10:00Z");

  private static Entry proved(String tenant, int place, long records, int second) {
    return new Entry(
        tenant,
        State.PROVED,
        place,
        records,
        Optional.empty(),
        Optional.empty(),
        Optional.of(BEGAN.plusSeconds(second)));
  }

  private static Entry waiting(String tenant, int place, Integer pinned, Integer asked) {
    return new Entry(
        tenant,
        State.WAITING,
        place,
        100,
        Optional.ofNullable(pinned).map(BEGAN::plusSeconds),
        Optional.ofNullable(asked).map(BEGAN::plusSeconds),
        Optional.empty());
  }

  @Test
  void whoIsPinned_comesBeforeWhoIsAskedFor_andTheyBeforeTheOthers() {
    RecoveryQueue queue =
        new RecoveryQueue(
            List.of(
                waiting("first", 2, null, null),
                waiting("pinned", 7, 1, null),
                waiting("pinned-last", 6, 5, 9),
                waiting("asked-late", 3, null, 4),
                waiting("asked", 4, null, 2),
                proved(RecoveryQueue.CLOUD, 1, 5, 0)));
    assertThat(queue.waiting())
        .extracting(Entry::tenant)
        .containsExactly("pinned-last", "pinned", "asked", "asked-late", "first");
    assertThat(queue.place("first")).isEqualTo(5);
    assertThat(queue.place("")).isZero();
    assertThat(queue.find("")).map(Entry::state).contains(State.PROVED);
    assertThat(queue.find("nobody")).isEmpty();
  }

  @Test
  void timeLeft_isThePaceSoFar_forAllThatComeBefore() {
    RecoveryQueue queue =
        new RecoveryQueue(
            List.of(
                proved(RecoveryQueue.CLOUD, 1, 5, 0),
                proved("small", 2, 50, 10),
                waiting("next", 3, null, null),
                waiting("last", 4, null, null)));
    assertThat(queue.left("next", BEGAN.plusSeconds(10))).contains(Duration.ofSeconds(20));
    assertThat(queue.left("last", BEGAN.plusSeconds(15))).contains(Duration.ofSeconds(35));
    assertThat(queue.left("next", BEGAN.plusSeconds(40))).contains(Duration.ZERO);
    assertThat(queue.left("next", BEGAN.plusSeconds(90))).isEmpty();
    assertThat(queue.left("small", BEGAN)).isEmpty();
  }

  @Test
  void nothingMeasured_timeLeft_isNotKnown() {
    assertThat(
            new RecoveryQueue(
                    List.of(proved(RecoveryQueue.CLOUD, 1, 5, 0), waiting("next", 2, null, null)))
                .left("next", BEGAN))
        .isEmpty();
  }
}
