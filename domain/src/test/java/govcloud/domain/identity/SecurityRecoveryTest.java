package govcloud.domain.identity;

import static govcloud.domain.contract.AccountFixture.ACCEPT;
import static govcloud.domain.contract.AccountFixture.CODE;
import static govcloud.domain.contract.AccountFixture.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A security administrator whom two others let in again, by signatures that are good once. */
class SecurityRecoveryTest {

  private static final Actor SECURITY = new Actor("li", Roles.SECURITY);
  private static final Instant SIGNED = Instant.parse("2026-03-02T09:00:00Z");
  private static final AccountCommand RECOVER =
      new AccountCommand.Recover(new Secret("c2"), SIGNED);

  private final Account account = new Account();
  private AccountState state = AccountState.VACANT;
  private Instant now = SIGNED.minus(Duration.ofDays(1));

  @BeforeEach
  void begin() {
    invite(List.of(Roles.SECURITY), Optional.empty());
    now = SIGNED.plusSeconds(1);
  }

  private void invite(List<String> roles, Optional<String> tenant) {
    state = AccountState.VACANT;
    events(new AccountCommand.Invite("吴", tenant, roles, CODE), SECURITY);
    events(ACCEPT, SECURITY);
  }

  @Test
  void signatures_inviteOnce_untilHalfAnHourAfterThem() {
    assertThat(events(RECOVER, Actor.platform()))
        .containsExactly(
            new AccountEvent.InvitationRenewed(
                new Secret("c2"), SIGNED.plus(Account.CODE_LIFE), now));
    assertThat(state.credentials().verifier()).isEmpty();
    now = SIGNED.plus(Duration.ofMinutes(20));
    assertThat(events(RECOVER, Actor.platform())).as("no later end").isEmpty();
    var in =
        new AccountCommand.AcceptInvitation(
            new Secret("c2"), new Secret("v2"), new Secret("t2"), "127.0.0.1");
    assertThat(events(in, SECURITY)).hasOnlyElementsOfType(AccountEvent.InvitationAccepted.class);
    assertThat(events(RECOVER, Actor.platform())).as("who came in stays in").isEmpty();
    assertThat(state.status()).isEqualTo(AccountState.Status.ACTIVE);
  }

  @Test
  void suspendedAdministrator_isInvited_withNothingOfBefore() {
    events(new AccountCommand.Suspend("inquiry"), SECURITY);
    assertThat(events(RECOVER, Actor.platform())).hasSize(1);
    assertThat(state.status()).isEqualTo(AccountState.Status.INVITED);
    assertThat(state.credentials().verifier()).isEmpty();
  }

  @Test
  void whoCameInByTheCode_howeverThatWas_staysIn_andGetsNoOtherFromThePlatform() {
    events(RECOVER, Actor.platform());
    var renewal = new AccountCommand.RenewInvitation(new Secret("c4"));
    assertThat(code(renewal, Actor.platform())).isEqualTo("ACCOUNT_SECURITY_ONLY");
    var identity = new ProviderIdentity("https://id.example", "24400320");
    state = account.evolve(state, new AccountEvent.ProviderLinked(identity, "127.0.0.1", now));
    assertThat(events(RECOVER, Actor.platform())).isEmpty();
    events(renewal, SECURITY);
    renewal = new AccountCommand.RenewInvitation(new Secret("c5"));
    assertThat(code(renewal, Actor.platform())).isEqualTo("ACCOUNT_SECURITY_ONLY");
  }

  @Test
  void signatures_ofBefore_thatNobodyUsedInTime_inviteNobody() {
    now = SIGNED.plus(Account.CODE_LIFE);
    assertThat(code(RECOVER, Actor.platform())).isEqualTo("ACCOUNT_RECOVERY_LATE");
  }

  @Test
  void personWhoIsIn_orIsNoActiveSecurityAdministrator_isNotRecovered() {
    assertThat(code(RECOVER, SECURITY)).isEqualTo("ACCOUNT_RECOVERY_UNSIGNED");
    events(signIn(7), SECURITY);
    assertThat(code(RECOVER, Actor.platform())).isEqualTo("ACCOUNT_RECOVERY_NEEDLESS");
    invite(List.of(Roles.AUDIT), Optional.empty());
    assertThat(code(RECOVER, Actor.platform())).isEqualTo("ACCOUNT_ROLES_INVALID");
    state = AccountState.VACANT;
    assertThat(code(RECOVER, Actor.platform())).isEqualTo("ACCOUNT_NOT_FOUND");
  }

  /** What the account has when it is asked decides, not what it had when somebody looked. */
  @Test
  void emergency_decidesOnNoDuty_alsoOnOneThatCameMeanwhile() {
    invite(List.of("clerk"), Optional.of("transport"));
    var renewal = emergency(new AccountCommand.RenewInvitation(new Secret("c3")));
    var clerk =
        emergency(new AccountCommand.ChangeRoles(Optional.of("transport"), List.of("clerk")));
    assertThat(events(clerk, SECURITY)).isEmpty();
    assertThat(events(renewal, SECURITY)).hasSize(1);
    events(new AccountCommand.ChangeRoles(Optional.empty(), List.of(Roles.AUDIT)), SECURITY);
    assertThat(code(renewal, SECURITY)).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    assertThat(code(clerk, SECURITY)).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    var suspend = new AccountCommand.Suspend("inquiry");
    assertThat(code(emergency(suspend), SECURITY)).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    events(suspend, SECURITY);
    var resume = emergency(new AccountCommand.Resume());
    assertThat(code(resume, SECURITY)).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    state = AccountState.VACANT;
    var duty = new AccountCommand.Invite("吴", Optional.empty(), List.of(Roles.SYSTEM), CODE);
    assertThat(code(emergency(duty), SECURITY)).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
  }

  private static AccountCommand emergency(AccountCommand command) {
    return new AccountCommand.InEmergency(command);
  }

  private List<AccountEvent> events(AccountCommand command, Actor actor) {
    var decision = account.decide(state, command, new Context(now, actor));
    var events = ((Decision.Accepted<AccountEvent>) decision).events();
    events.forEach(event -> state = account.evolve(state, event));
    return events;
  }

  private String code(AccountCommand command, Actor actor) {
    var decision = account.decide(state, command, new Context(now, actor));
    return ((Decision.Refused<AccountEvent>) decision).refusal().code();
  }
}
