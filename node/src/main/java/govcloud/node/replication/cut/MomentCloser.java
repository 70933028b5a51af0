package govcloud.node.replication.cut;

import govcloud.journal.ClockPassedException;
import govcloud.journal.HybridClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Closes one hybrid clock in all slices: a little ahead of the present, so that no slice has passed
 * it; if one has, a later one is taken.
 */
final class MomentCloser {
  /** How far ahead, in a hybrid clock; more than what nodes' clocks usually differ. */
  private static final long AHEAD = 500L << 16;

  private static final int MOMENTS = 10;
  private static final int TRIES = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Closes a clock in one slice. */
  interface Slices {
    /** Completes with the mark's offset; fails with {@link ClockPassedException} if it can not. */
    CompletionStage<Long> close(int slice, long clock);
  }

  private final int count;
  private final Slices slices;
  private final HybridClock clock;
  private final BiConsumer<Duration, Runnable> timer;

  /**
   * A closer.
   *
   * @param count of slices
   * @param timer runs something later
   */
  MomentCloser(int count, Slices slices, HybridClock clock, BiConsumer<Duration, Runnable> timer) {
    this.count = count;
    this.slices = slices;
    this.clock = clock;
    this.timer = timer;
  }

  /**
   * Closes a clock above one that is known. Fails when slices have not answered for long: some may
   * have a mark then, which does no harm.
   */
  CompletionStage<Moment> close(long above) {
    return attempt(above, 1);
  }

  private CompletionStage<Moment> attempt(long above, int moments) {
    long at = clock.next(above) + AHEAD;
    List<CompletableFuture<Long>> marks = new ArrayList<>();
    for (int slice = 0; slice < count; slice++) {
      CompletableFuture<Long> mark = new CompletableFuture<>();
      closeOne(slice, at, 1, mark);
      marks.add(mark);
    }
    return CompletableFuture.allOf(marks.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> settle(at, marks, moments))
        .thenCompose(next -> next);
  }

  private CompletionStage<Moment> settle(
      long at, List<CompletableFuture<Long>> marks, int moments) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    long passed = 0;
    Throwable failed = null;
    for (int slice = 0; slice < marks.size(); slice++) {
      try {
        offsets.put(slice, marks.get(slice).join());
      } catch (CompletionException e) {
        if (e.getCause() instanceof ClockPassedException further) {
          passed = Math.max(passed, further.passed());
        } else {
          failed = e.getCause();
        }
      }
    }
    if (failed == null && passed > 0 && moments < MOMENTS) {
      return attempt(passed, moments + 1);
    }
    if (offsets.size() == marks.size()) {
      return CompletableFuture.completedFuture(new Moment(at, offsets));
    }
    return CompletableFuture.failedFuture(
        failed != null ? failed : new IllegalStateException("slices are always further on"));
  }

  private void closeOne(int slice, long at, int tries, CompletableFuture<Long> mark) {
    slices
        .close(slice, at)
        .whenComplete(
            (offset, failure) -> {
              Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
              if (failure == null) {
                mark.complete(offset);
              } else if (why instanceof ClockPassedException || tries == TRIES) {
                mark.completeExceptionally(why);
              } else {
                timer.accept(PAUSE, () -> closeOne(slice, at, tries + 1, mark));
              }
            });
  }
}
