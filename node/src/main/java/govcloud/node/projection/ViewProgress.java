package govcloud.node.projection;

import govcloud.journal.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * How far every view is in every slice, as far as this node knows: from its own projections at
 * once, from those of other nodes as they tell. Positions only ever grow.
 */
final class ViewProgress {

  /** A view in one slice. */
  record Key(String view, int slice) {}

  /** Hears of progress of this node's own projections. */
  interface Listener {
    void reached(Key key, long position);

    void failed(Key key, int times, String message);
  }

  private record Waiter(long position, CompletableFuture<Boolean> reached) {}

  private record Failure(int times, String message) {}

  private final Map<Key, Long> positions = new ConcurrentHashMap<>();
  private final Map<Key, Failure> failures = new ConcurrentHashMap<>();
  private final Map<Key, List<Waiter>> waiters = new ConcurrentHashMap<>();
  private final Map<Key, CompletableFuture<Void>> calls = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  void listen(Listener listener) {
    listeners.add(listener);
  }

  long position(Key key) {
    return positions.getOrDefault(key, Position.BEFORE_FIRST);
  }

  /** How often the projection has failed since it last made progress. */
  int failures(Key key) {
    Failure failure = failures.get(key);
    return failure == null ? 0 : failure.times();
  }

  /** What the projection last failed with, or an empty string. */
  String failure(Key key) {
    Failure failure = failures.get(key);
    return failure == null ? "" : failure.message();
  }

  /** A projection of this node has stored everything up to a position. */
  void reachedHere(Key key, long position) {
    learn(key, position);
    listeners.forEach(listener -> listener.reached(key, position));
  }

  /** A projection of this node has failed and will start again. */
  void failedHere(Key key, String message) {
    Failure failure =
        failures.merge(
            key, new Failure(1, message), (old, one) -> new Failure(old.times() + 1, message));
    listeners.forEach(listener -> listener.failed(key, failure.times(), message));
  }

  /** Somebody says that a view has come this far. */
  void learn(Key key, long position) {
    long now = positions.merge(key, position, Math::max);
    failures.remove(key);
    List<Waiter> waiting = waiters.get(key);
    if (waiting != null) {
      for (Waiter waiter : waiting) {
        if (waiter.position() <= now) {
          // Completing it takes it off the list.
          waiter.reached().complete(true);
        }
      }
    }
  }

  /** Somebody says that a projection has failed this many times. */
  void learnFailure(Key key, int times, String message) {
    failures.put(key, new Failure(times, message));
  }

  /**
   * Completes when somebody waits for a view to go on, at once where somebody does; only the last
   * one that was asked for.
   */
  CompletableFuture<Void> wanted(Key key) {
    var call = new CompletableFuture<Void>();
    calls.put(key, call);
    if (!waiters.getOrDefault(key, List.of()).isEmpty()) {
      call.complete(null);
    }
    return call;
  }

  /** Completes with true once the view has come this far, with false after {@code timeout}. */
  CompletableFuture<Boolean> await(Key key, long position, Duration timeout) {
    if (position(key) >= position) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> reached =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS);
    Waiter waiter = new Waiter(position, reached);
    List<Waiter> waiting =
        waiters.computeIfAbsent(key, some -> new CopyOnWriteArrayList<>(new ArrayList<>()));
    waiting.add(waiter);
    CompletableFuture<Void> call = calls.remove(key);
    if (call != null) {
      call.complete(null);
    }
    if (position(key) >= position) {
      reached.complete(true);
    }
    return reached.whenComplete((done, error) -> waiting.remove(waiter));
  }
}
