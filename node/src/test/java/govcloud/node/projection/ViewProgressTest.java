package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ViewProgressTest {

  private static final ViewProgress.Key KEY = new ViewProgress.Key("cases", 3);

  @Test
  void waiting_endsWhenTheViewHasComeThisFar() {
    ViewProgress progress = new ViewProgress();
    var early = progress.await(KEY, 10, Duration.ofMinutes(1));
    var late = progress.await(KEY, 20, Duration.ofMinutes(1));
    progress.learn(KEY, 12);
    assertThat(early).isCompletedWithValue(true);
    assertThat(late).isNotDone();
    progress.reachedHere(KEY, 25);
    assertThat(late).isCompletedWithValue(true);
    assertThat(progress.await(KEY, 25, Duration.ZERO)).isCompletedWithValue(true);
  }

  @Test
  void waiting_tooLong_isFalse() {
    assertThat(new ViewProgress().await(KEY, 1, Duration.ofMillis(1)).join()).isFalse();
  }

  @Test
  void positions_onlyGrow_andProgressForgivesFailures() {
    ViewProgress progress = new ViewProgress();
    progress.learn(KEY, 9);
    progress.learn(KEY, 4);
    assertThat(progress.position(KEY)).isEqualTo(9);
    progress.failedHere(KEY, "no");
    progress.failedHere(KEY, "no");
    assertThat(progress.failures(KEY)).isEqualTo(2);
    assertThat(progress.failure(KEY)).isEqualTo("no");
    progress.learn(KEY, 10);
    assertThat(progress.failures(KEY)).isZero();
  }

  @Test
  void heads_tellHowLongSomethingWaits() {
    AtomicLong head = new AtomicLong(-1);
    AtomicLong now = new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return Instant.ofEpochMilli(now.get());
          }
        };
    SliceHeads heads = new SliceHeads(1, slice -> head.get(), clock);
    heads.sample();
    assertThat(heads.behind(0, -1)).isEqualTo(new SliceHeads.Behind(0, 0));
    head.set(5L << 20);
    now.addAndGet(1000);
    heads.sample();
    now.addAndGet(3000);
    heads.sample();
    assertThat(heads.behind(0, 2L << 20)).isEqualTo(new SliceHeads.Behind(3, 3.0));
    assertThat(heads.behind(0, 5L << 20)).isEqualTo(new SliceHeads.Behind(0, 0));
  }
}
