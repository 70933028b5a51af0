package govcloud.node.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.domain.identity.AccountState;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Whose department has its doors open. The department itself says so; as with accounts, what it
 * said is believed for a second. Nothing is written for each of its people when it is suspended:
 * its last suspension is later than the sessions that were there.
 */
final class Departments {

  private static final int REMEMBERED = 10_000;

  private final AsyncCache<String, TenantState> known =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterWrite(Visitors.BELIEVED)
          .buildAsync();
  private final Entities entities;

  Departments(Entities entities) {
    this.entities = entities;
  }

  /** What the account's department is now; one without people of its own for the platform's. */
  CompletionStage<TenantState> of(AccountState account) {
    return account
        .tenant()
        .<CompletionStage<TenantState>>map(tenant -> known.get(tenant, (id, on) -> ask(id)))
        .orElseGet(() -> CompletableFuture.completedStage(TenantState.VACANT));
  }

  private CompletableFuture<TenantState> ask(String tenant) {
    return entities
        .<TenantState>read("tenant/" + tenant)
        .thenApply(answer -> answer.state())
        .exceptionally(failure -> whileClosed(failure))
        .toCompletableFuture();
  }

  /**
   * While a recovery has not proved the department yet, the border tells its people so, and when it
   * will be; for that they have to come as far. They reach nothing of the department itself.
   */
  private static TenantState whileClosed(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof EntityFailure.Closed) {
      return TenantState.VACANT;
    }
    throw failure instanceof CompletionException known ? known : new CompletionException(failure);
  }
}
