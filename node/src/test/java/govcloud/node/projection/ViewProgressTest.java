package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
  void wanted_asSoonAsSomebodyWaits_andWhileHeDoes() {
    ViewProgress progress = new ViewProgress();
    progress.learn(KEY, 7);
    var called = progress.wanted(KEY);
    assertThat(progress.await(KEY, 7, Duration.ofMinutes(1))).isDone();
    assertThat(called).isNotDone();
    assertThat(progress.await(KEY, 8, Duration.ofMinutes(1))).isNotDone();
    assertThat(called).isCompleted();
    assertThat(progress.wanted(KEY)).isCompleted();
    progress.reachedHere(KEY, 8);
    assertThat(progress.wanted(KEY)).isNotDone();
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
    SliceHeads heads =
        new SliceHeads(
            1,
            slice -> head.get(),
            (slice, position) -> CompletableFuture.completedFuture(Optional.empty()),
            clock);
    heads.sample();
    assertThat(behind(heads, -1)).isEqualTo(new SliceHeads.Behind(0, 0));
    head.set(5L << 20);
    now.addAndGet(1000);
    heads.sample();
    now.addAndGet(3000);
    heads.sample();
    assertThat(behind(heads, 2L << 20)).isEqualTo(new SliceHeads.Behind(3, 3.0));
    assertThat(behind(heads, 5L << 20)).isEqualTo(new SliceHeads.Behind(0, 0));
  }

  @Test
  void heads_ofMoreThanTheSamplesKnow_isLookedUpOnceWhereTheViewIs() {
    Instant now = Instant.parse("2026-01-05T00:00:00Z");
    AtomicLong head = new AtomicLong(9L << 20);
    AtomicInteger looks = new AtomicInteger();
    SliceHeads heads =
        new SliceHeads(
            1,
            slice -> head.get(),
            (slice, position) -> {
              looks.incrementAndGet();
              Instant written = position < 0 ? now.minusSeconds(400_000) : now.minusSeconds(90_000);
              return CompletableFuture.completedFuture(Optional.of(written));
            },
            Clock.fixed(now, ZoneOffset.UTC));
    assertThat(behind(heads, -1)).isEqualTo(new SliceHeads.Behind(10, 400_000));
    heads.sample();
    assertThat(behind(heads, -1).seconds()).isEqualTo(400_000);
    assertThat(looks).hasValue(1);
    assertThat(behind(heads, 3L << 20)).isEqualTo(new SliceHeads.Behind(6, 90_000));
    head.set(10L << 20);
    heads.sample();
    assertThat(behind(heads, 9L << 20)).isEqualTo(new SliceHeads.Behind(1, 0));
    assertThat(looks).hasValue(2);
  }

  @Test
  void heads_ofANodeThatLearnsLate_areSoonLookedUpToo() {
    Instant now = Instant.parse("2026-01-05T00:00:00Z");
    AtomicLong head = new AtomicLong(-1);
    Instant written = now.minusSeconds(90_000);
    SliceHeads heads =
        new SliceHeads(
            1,
            slice -> head.get(),
            (slice, position) -> CompletableFuture.completedFuture(Optional.of(written)),
            Clock.fixed(now, ZoneOffset.UTC));
    heads.sample();
    head.set(9L << 20);
    for (int second = 0; second < 15; second++) {
      heads.sample();
    }
    assertThat(behind(heads, 3L << 20).seconds()).isEqualTo(90_000);
  }

  private static SliceHeads.Behind behind(SliceHeads heads, long reached) {
    return heads.behind(new ViewProgress.Key("cases", 0), reached).toCompletableFuture().join();
  }
}
