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
 * Reads of entities that many requests need, at most two seconds old. What would turn a request
 * down is read again first, so that nobody is refused for something that is over.
 */
public final class FreshReads<S> {

  private static final Duration AGE = Duration.ofSeconds(2);
  private static final int REMEMBERED = 10_000;

  private final Entities entities;
  private final AsyncCache<String, Answer<S>> cache =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(AGE).buildAsync();

  public FreshReads(Entities entities) {
    this.entities = entities;
  }

  /**
   * An answer that satisfies {@code good} and is at most two seconds old, or else one of this
   * moment, whatever it says.
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
