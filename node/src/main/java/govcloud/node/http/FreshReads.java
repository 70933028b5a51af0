package govcloud.node.http;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Reads of entities that many requests need, at most two seconds old unless told otherwise. What
 * would turn a request down is read again first, so that nobody is refused for something that is
 * over.
 */
public final class FreshReads<S> {

  private static final Duration AGE = Duration.ofSeconds(2);
  private static final int REMEMBERED = 10_000;

  private final Entities entities;
  private final AsyncCache<String, Answer<S>> cache;

  public FreshReads(Entities entities) {
    this(entities, AGE);
  }

  /** Reads that are at most {@code age} old. */
  public FreshReads(Entities entities, Duration age) {
    this.entities = entities;
    this.cache = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(age).buildAsync();
  }

  /**
   * An answer that satisfies {@code good} and is not too old, or else one of this moment, whatever
   * it says.
   */
  public CompletionStage<Answer<S>> read(String entityId, Predicate<Answer<S>> good) {
    return load(entityId)
        .thenCompose(
            answer -> {
              if (good.test(answer)) {
                return CompletableFuture.completedStage(answer);
              }
              cache.synchronous().invalidate(entityId);
              return load(entityId);
            });
  }

  private CompletableFuture<Answer<S>> load(String entityId) {
    return cache.get(entityId, (id, executor) -> entities.<S>read(id).toCompletableFuture());
  }
}
