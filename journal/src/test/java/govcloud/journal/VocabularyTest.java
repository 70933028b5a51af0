package govcloud.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  /** Records lie where these numbers say: a change loses every entity of every cloud. */
  @Test
  void slices_neverChange() {
    assertThat(Slices.of("tenant/harbour", 16)).isEqualTo(2);
    assertThat(Slices.of("case/harbour/permits/c-17", 64)).isEqualTo(22);
    assertThat(Slices.of("operation/\u6e2f\u53e3", 4096)).isEqualTo(114);
  }

  @Test
  void slices_areEvenlyUsed() {
    int[] used = new int[16];
    IntStream.range(0, 16_000).forEach(i -> used[Slices.of("case/a/b/c-" + i, 16)]++);
    assertThat(IntStream.of(used).boxed().toList()).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void slices_countOutsideItsBounds_isRefused() {
    assertThatThrownBy(() -> new Slices(0)).hasMessage("slices: 0 (expected: 1 to 4096)");
  }

  @Test
  void position_survivesItsNumber() {
    Position position = new Position(123_456_789, 77);
    assertThat(Position.of(position.toLong())).isEqualTo(position);
    assertThat(Position.encode(2, 0)).isGreaterThan(Position.encode(1, Position.MAX_RECORDS - 1));
    assertThatThrownBy(() -> Position.encode(1, Position.MAX_RECORDS))
        .hasMessageContaining("index");
  }

  @Test
  void hybridClock_neverGoesBackAndFollowsWhatItSaw() {
    Instant now = Instant.ofEpochMilli(1_000);
    HybridClock clock = new HybridClock(Clock.fixed(now, ZoneOffset.UTC));
    long first = clock.next();
    long second = clock.next();
    assertThat(HybridClock.millisOf(first)).isEqualTo(1_000);
    assertThat(second).isEqualTo(first + 1);
    long ahead = 5_000L << 16;
    assertThat(clock.next(ahead)).isEqualTo(ahead + 1);
    assertThat(clock.next()).isEqualTo(ahead + 2);
  }
}
