package govcloud.node.account;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.contract.AccountFixture;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.AccountState.Status;
import govcloud.domain.identity.Secret;
import govcloud.domain.identity.SignInFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the list of accounts shows is what the accounts say themselves. */
class AccountViewTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final AccountView view = new AccountView();

  @Test
  void rows_afterEveryLife_sayWhatTheAccountSays() {
    for (var walk : AggregateWalk.many(new AccountFixture(), 300, 40)) {
      Optional<AccountRow> row = Optional.empty();
      long version = 0;
      for (Commit<AccountEvent> commit : walk.commits()) {
        version++;
        row = Optional.of(view.after(row, "account/zhang-san", version, commit));
      }
      row.ifPresent(last -> requireSame(last, walk.last()));
    }
  }

  private static void requireSame(AccountRow row, AccountState state) {
    assertThat(row.name()).isEqualTo(state.name());
    assertThat(row.kind()).isEqualTo(state.kind());
    assertThat(row.status()).isEqualTo(state.status());
    assertThat(row.tenant()).isEqualTo(state.tenant().orElse(""));
    assertThat(row.roles()).isEqualTo(state.roles());
    assertThat(row.totp()).isEqualTo(state.credentials().totpSecret().isPresent());
    assertThat(row.passkeys()).isEqualTo(state.credentials().passkeys().size());
    assertThat(Optional.ofNullable(row.lockedUntil())).isEqualTo(state.guard().lockedUntil());
  }

  @Test
  void whoIsProvedAndNotSuspended_worksInTheDepartment() {
    var row =
        after(
            Optional.empty(),
            new AccountEvent.Invited(
                "张三", Optional.of("transport"), List.of("clerk"), new Secret("h"), NOON, NOON));
    assertThat(AccountTable.isProvedWorker(row)).as("not proved").isFalse();
    row = after(Optional.of(row), new AccountEvent.IdentityProved(new Secret("n"), NOON));
    assertThat(AccountTable.isProvedWorker(row)).isTrue();
    row = after(Optional.of(row), new AccountEvent.Suspended("has left", NOON));
    assertThat(AccountTable.isProvedWorker(row)).as("has left").isFalse();
    row = after(Optional.of(row), new AccountEvent.Resumed(NOON));
    assertThat(AccountTable.isProvedWorker(row)).as("is back").isTrue();
  }

  private AccountRow after(Optional<AccountRow> before, AccountEvent event) {
    var version = before.map(AccountRow::version).orElse(0L) + 1;
    var commit = new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
    return view.after(before, "account/zhang-san", version, commit);
  }

  @Test
  void nameThatNobodyHas_tried_isInNoList() {
    var refused = new AccountEvent.SignInRefused(SignInFault.ACCOUNT_UNKNOWN, "127.0.0.1", NOON);
    var commit = new Commit<AccountEvent>(NOON, Actor.platform(), "", "", List.of(refused));
    var row = view.after(Optional.empty(), "account/nobody", 1, commit);
    assertThat(view.entries(row, 3)).isEmpty();
  }

  @Test
  void row_isInTheListOfAllAndOfItsDepartment_andHoldsNoSecret() {
    var invited =
        new AccountEvent.Invited(
            "张三", Optional.of("transport"), List.of("clerk"), new Secret("hash-1"), NOON, NOON);
    var in = new AccountEvent.SignedIn("s-1", "hash-2", 7, "127.0.0.1", NOON.plusSeconds(9));
    var commit = new Commit<AccountEvent>(NOON, Actor.platform(), "", "", List.of(invited, in));
    var row = view.after(Optional.empty(), "account/zhang-san", 1, commit);
    assertThat(row.lastSignIn()).isEqualTo(NOON.plusSeconds(9));
    assertThat(row.status()).isEqualTo(Status.INVITED);
    assertThat(row.toString()).doesNotContain("hash");
    assertThat(view.entries(row, 3))
        .extracting(entry -> entry.list())
        .containsExactly("all", "tenant=transport", "invited");
    var chosen = new AccountEvent.InvitationAccepted(new Secret("v"), new Secret("t"), "::1", NOON);
    var accepted = new Commit<AccountEvent>(NOON, Actor.platform(), "", "", List.of(chosen));
    assertThat(view.entries(view.after(Optional.of(row), "account/zhang-san", 2, accepted), 3))
        .extracting(entry -> entry.list())
        .containsExactly("all", "tenant=transport");
  }
}
