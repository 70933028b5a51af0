package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Closing;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the doors of a department are that cannot be asked. */
class DepartmentsTest {

  private static final String TENANT = "tenant/housing";

  /** Entities that fail. */
  private record Failing(EntityFailure failure) implements Entities {
    @Override
    public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
      return CompletableFuture.failedStage(failure);
    }

    @Override
    public <S> CompletionStage<Answer<S>> read(String entityId) {
      return CompletableFuture.failedStage(failure);
    }
  }

  private static AccountState clerk() {
    var accounts = new MemoryAccounts(InstantSource.fixed(Instant.EPOCH));
    var invite =
        new AccountCommand.Invite(
            "clerk", Optional.of("housing"), List.of("clerk"), new Secret("hash"));
    return accounts
        .<AccountState>ask("account/clerk", Request.of(invite, new Actor("li", Roles.SECURITY)))
        .toCompletableFuture()
        .join()
        .state();
  }

  private static TenantState doors(EntityFailure failure) {
    return new Departments(new Failing(failure)).of(clerk()).toCompletableFuture().join();
  }

  @Test
  void department_thatIsStillToBeProved_keepsItsDoorsOpen_soThatTheBorderTellsItsPeople() {
    var closing = new Closing(Closing.Reason.TENANT_WAITING, "housing: place 2 of 7");
    var doors = doors(new EntityFailure.Closed(TENANT, closing));
    assertThat(doors.letsIn()).isTrue();
    assertThat(doors.keepsSessionOf(Instant.EPOCH)).isTrue();
  }

  @Test
  void department_thatDoesNotAnswer_letsNobodyIn() {
    assertThatThrownBy(() -> doors(new EntityFailure.Unavailable(TENANT, "away")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(EntityFailure.Unavailable.class);
  }
}
