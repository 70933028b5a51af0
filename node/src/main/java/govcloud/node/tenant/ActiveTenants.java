package govcloud.node.tenant;

import govcloud.domain.Refusal;
import govcloud.domain.tenant.TenantRefusal;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.FreshReads;
import govcloud.node.http.Problem;
import java.util.concurrent.CompletionStage;

/** Lets only departments work that are active. */
public final class ActiveTenants {

  private final FreshReads<TenantState> reads;

  public ActiveTenants(Entities entities) {
    this.reads = new FreshReads<>(entities);
  }

  /** The department, which was active less than two seconds ago; fails with a problem if not. */
  public CompletionStage<TenantState> require(String tenant) {
    return reads
        .read("tenant/" + tenant, ActiveTenants::active)
        .thenApply(
            answer -> {
              if (!answer.exists()) {
                throw Problem.of(
                        Refusal.of(
                            TenantRefusal.TENANT_NOT_FOUND,
                            tenant + ": no department (expected: registered before)"))
                    .asException();
              }
              if (!active(answer)) {
                throw Problem.of(
                        Refusal.of(
                            TenantRefusal.TENANT_NOT_ACTIVE,
                            tenant + ": " + answer.status() + " (expected: active)"))
                    .asException();
              }
              return answer.state();
            });
  }

  /** The department as it was less than two seconds ago, whatever it was. */
  public CompletionStage<TenantState> look(String tenant) {
    return reads.read("tenant/" + tenant, answer -> true).thenApply(Answer::state);
  }

  private static boolean active(Answer<TenantState> answer) {
    return answer.exists() && answer.state().status() == TenantState.Status.ACTIVE;
  }
}
