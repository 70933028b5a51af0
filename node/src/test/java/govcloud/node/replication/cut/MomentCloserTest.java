package govcloud.node.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.journal.ClockPassedException;
import govcloud.journal.HybridClock;
import govcloud.journal.JournalUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MomentCloserTest {

  private static final long NOW = 1_000_000L << 16;
  private final Map<Integer, Long> highest = new HashMap<>();
  private final Map<Integer, Integer> failures = new HashMap<>();
  private final Map<Integer, Long> closed = new HashMap<>();

  private CompletionStage<Long> close(int slice, long clock) {
    if (failures.merge(slice, -1, Integer::sum) >= 0) {
      return CompletableFuture.failedFuture(new JournalUnavailableException("moves"));
    }
    long passed = highest.getOrDefault(slice, 0L);
    if (passed > clock) {
      return CompletableFuture.failedFuture(new ClockPassedException(slice, clock, passed));
    }
    closed.put(slice, clock);
    return CompletableFuture.completedFuture(10L + slice);
  }

  private Moment moment(long above) {
    HybridClock clock =
        new HybridClock(Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC));
    return new MomentCloser(
            3, this::close, clock, (Duration pause, Runnable action) -> action.run())
        .close(above)
        .toCompletableFuture()
        .join();
  }

  @Test
  void allSlices_areClosedAtOneClock_aLittleAhead() {
    Moment moment = moment(0);
    assertThat(moment.marks()).isEqualTo(Map.of(0, 10L, 1, 11L, 2, 12L));
    assertThat(closed.values()).containsOnly(moment.clock());
    assertThat(moment.clock()).isGreaterThan(NOW).isLessThan(NOW + (1_000L << 16));
  }

  @Test
  void sliceThatHasPassedIt_getsThemAllALaterOne() {
    highest.put(1, NOW + (5_000L << 16));
    Moment moment = moment(0);
    assertThat(moment.clock()).isGreaterThan(NOW + (5_000L << 16));
    assertThat(closed.values()).containsOnly(moment.clock());
  }

  @Test
  void lastCutAheadOfTheClock_isNotCutAgain() {
    assertThat(moment(NOW + (7_000L << 16)).clock()).isGreaterThan(NOW + (7_000L << 16));
  }

  @Test
  void sliceOnItsWay_isAskedAgain_butNotForEver() {
    failures.put(2, 5);
    assertThat(moment(0).marks()).hasSize(3);
    failures.put(2, 1_000);
    assertThatThrownBy(() -> moment(0)).hasMessageContaining("moves");
  }
}
