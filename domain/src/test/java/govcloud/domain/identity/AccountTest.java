package govcloud.domain.identity;

import static govcloud.domain.contract.AccountFixture.ACCEPT;
import static govcloud.domain.contract.AccountFixture.INVITE;
import static govcloud.domain.contract.AccountFixture.WRONG;
import static govcloud.domain.contract.AccountFixture.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.AccountFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static final Actor SECURITY = new Actor("li", Roles.SECURITY);

  private final Account account = new Account();
  private AccountState state = AccountState.VACANT;
  private Instant now = Instant.parse("2026-03-02T01:00:00Z");

  @Test
  void invited_rightCodeInTime_comesInOnce() {
    ask(INVITE);
    assertThat(ask(ACCEPT)).hasOnlyElementsOfType(AccountEvent.InvitationAccepted.class);
    assertThat(state.status()).isEqualTo(AccountState.Status.ACTIVE);
    assertThat(ask(ACCEPT)).isEqualTo(refused(SignInFault.INVITATION_WRONG));
  }

  @Test
  void invited_codeTooOld_isRefused() {
    ask(INVITE);
    now = now.plus(Account.CODE_LIFE);
    assertThat(ask(ACCEPT)).isEqualTo(refused(SignInFault.INVITATION_WRONG));
    assertThat(state.status()).isEqualTo(AccountState.Status.INVITED);
  }

  @Test
  void invitation_withdrawn_letsNobodyInUntilThePersonIsInvitedAgain() {
    ask(INVITE);
    ask(new AccountCommand.Suspend("invited by mistake"));
    assertThat(state.status()).isEqualTo(AccountState.Status.SUSPENDED);
    assertThat(ask(ACCEPT)).isEqualTo(refused(SignInFault.INVITATION_WRONG));
    assertThat(code(new AccountCommand.Resume())).isEqualTo("ACCOUNT_STATUS_WRONG");
    assertThat(state.status()).isEqualTo(AccountState.Status.SUSPENDED);
    ask(new AccountCommand.RenewInvitation(AccountFixture.CODE));
    ask(ACCEPT);
    assertThat(state.status()).isEqualTo(AccountState.Status.ACTIVE);
  }

  @Test
  void active_codeOfSameOrEarlierStep_isRefused() {
    active();
    assertThat(ask(signIn(7))).hasOnlyElementsOfType(AccountEvent.SignedIn.class);
    assertThat(ask(signIn(7))).isEqualTo(refused(SignInFault.SECOND_FACTOR_USED));
    assertThat(ask(signIn(6))).isEqualTo(refused(SignInFault.SECOND_FACTOR_USED));
    assertThat(ask(signIn(8))).hasOnlyElementsOfType(AccountEvent.SignedIn.class);
  }

  @Test
  void active_passwordOfAnEarlierVerifier_isRefused() {
    active();
    var stale = new AccountCommand.SignIn(Optional.of(new Secret("old")), 7, "s", "t", "127.0.0.1");
    assertThat(ask(stale)).isEqualTo(refused(SignInFault.PASSWORD_WRONG));
  }

  @Test
  void wrongAttempts_five_lockForAMinuteAndThenLongerButNeverForGood() {
    active();
    for (int i = 1; i < Guard.FAILURES_TO_LOCKOUT; i++) {
      assertThat(ask(WRONG)).hasSize(1);
    }
    for (var minutes : List.of(1, 2, 4, 8, 15, 15, 15)) {
      assertThat(ask(WRONG)).last().isInstanceOf(AccountEvent.LockedOut.class);
      assertThat(code(signIn(9))).isEqualTo("SIGN_IN_LOCKED");
      now = now.plus(Duration.ofMinutes(minutes)).minusMillis(1);
      assertThat(code(signIn(9))).isEqualTo("SIGN_IN_LOCKED");
      now = now.plusMillis(1);
    }
    assertThat(ask(signIn(9))).hasOnlyElementsOfType(AccountEvent.SignedIn.class);
    assertThat(state.guard()).isEqualTo(Guard.OPEN);
  }

  @Test
  void vacant_wrongAttempts_lockLikeThoseOfAnAccount() {
    for (int i = 0; i < Guard.FAILURES_TO_LOCKOUT; i++) {
      assertThat(ask(WRONG)).first().isEqualTo(refused(SignInFault.ACCOUNT_UNKNOWN).get(0));
    }
    assertThat(code(WRONG)).isEqualTo("SIGN_IN_LOCKED");
    assertThat(state.status()).isEqualTo(AccountState.Status.VACANT);
  }

  @Test
  void session_unused_endsAfterIdleLimitAndUsedAfterAbsoluteLimit() {
    active();
    ask(signIn(1));
    assertThat(state.sessionOf("token-1", now.plus(Session.IDLE_LIMIT).minusMillis(1))).isPresent();
    assertThat(state.sessionOf("token-1", now.plus(Session.IDLE_LIMIT))).isEmpty();
    var end = now.plus(Session.ABSOLUTE_LIMIT);
    while (now.isBefore(end)) {
      assertThat(state.sessionOf("token-1", now)).isPresent();
      ask(new AccountCommand.UseSession("s1"));
      now = now.plus(Duration.ofMinutes(10));
    }
    assertThat(state.sessionOf("token-1", now)).isEmpty();
  }

  @Test
  void session_endedOrSuspendedOrOtherRoles_letsNobodyIn() {
    for (var end :
        List.of(
            new AccountCommand.EndSession("s1"),
            new AccountCommand.Suspend("left"),
            new AccountCommand.RenewInvitation(AccountFixture.CODE),
            new AccountCommand.ChangeRoles(Optional.of("transport"), List.of("reviewer")))) {
      state = AccountState.VACANT;
      active();
      ask(signIn(1));
      assertThat(state.sessionOf("token-1", now)).isPresent();
      ask(end);
      assertThat(state.sessionOf("token-1", now)).as("%s", end).isEmpty();
    }
  }

  @Test
  void sessions_more_thanAllowedEndTheOldest() {
    active();
    for (int step = 1; step <= AccountState.MOST_SESSIONS + 1; step++) {
      ask(signIn(step));
    }
    assertThat(state.sessions()).hasSize(AccountState.MOST_SESSIONS);
    assertThat(state.sessionOf("token-1", now)).isEmpty();
  }

  @Test
  void roles_twoDutiesOrADutyBesideAnything_areRefused() {
    for (var roles :
        List.of(
            List.of(Roles.SYSTEM, Roles.SECURITY),
            List.of(Roles.AUDIT, Roles.SYSTEM),
            List.of(Roles.SECURITY, Actor.OPERATOR))) {
      assertThat(code(new AccountCommand.Invite("wu", Optional.empty(), roles, new Secret("c"))))
          .isEqualTo("ACCOUNT_DUTIES_EXCLUSIVE");
    }
    ask(new AccountCommand.Invite("wu", Optional.empty(), List.of(Roles.AUDIT), new Secret("c")));
    assertThat(
            code(
                new AccountCommand.ChangeRoles(
                    Optional.empty(), List.of(Roles.AUDIT, Roles.SECURITY))))
        .isEqualTo("ACCOUNT_DUTIES_EXCLUSIVE");
  }

  @Test
  void roles_ofThePlatformInADepartmentOrOfAProgram_areRefused() {
    for (var role : List.of(Actor.OPERATOR, Roles.SYSTEM, Actor.PLATFORM)) {
      assertThat(
              code(
                  new AccountCommand.Invite(
                      "wu", Optional.of("transport"), List.of(role), new Secret("c"))))
          .isEqualTo("ACCOUNT_ROLES_INVALID");
    }
    assertThat(
            code(
                new AccountCommand.Enrol(
                    "robot", Optional.empty(), List.of(Roles.SYSTEM), "h", now.plusSeconds(9))))
        .isEqualTo("ACCOUNT_ROLES_INVALID");
  }

  @Test
  void platform_afterTheFirstVisit_decidesNothing() {
    ask(INVITE);
    var renew = new AccountCommand.RenewInvitation(new Secret("c2"));
    assertThat(account.decide(state, renew, new Context(now, Actor.platform())))
        .isInstanceOf(Decision.Accepted.class);
    ask(ACCEPT);
    assertThat(account.decide(state, renew, new Context(now, Actor.platform())))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void invitation_renewed_opensOnlyByTheCodeAndRemembersThePasswords() {
    active();
    ask(new AccountCommand.RenewInvitation(AccountFixture.CODE));
    assertThat(state.credentials().verifier()).isEmpty();
    assertThat(state.credentials().totpSecret()).isEmpty();
    assertThat(state.credentials().passwords()).containsExactly(AccountFixture.VERIFIER);
    ask(
        new AccountCommand.AcceptInvitation(
            AccountFixture.CODE, new Secret("next"), new Secret("JBSWY3DP"), "2001:db8::1"));
    assertThat(state.status()).isEqualTo(AccountState.Status.ACTIVE);
    assertThat(state.credentials().passwords())
        .containsExactly(new Secret("next"), AccountFixture.VERIFIER);
  }

  @Test
  void secrets_printed_areHidden() {
    active();
    assertThat(state.toString()).doesNotContain(AccountFixture.VERIFIER.value());
    assertThat(ACCEPT.toString()).doesNotContain(AccountFixture.VERIFIER.value(), "JBSWY3DP");
  }

  private void active() {
    ask(INVITE);
    ask(ACCEPT);
  }

  private static List<AccountEvent> refusedAt(SignInFault fault, Instant at) {
    return List.of(new AccountEvent.SignInRefused(fault, "127.0.0.1", at));
  }

  private List<AccountEvent> refused(SignInFault fault) {
    return refusedAt(fault, now);
  }

  private List<AccountEvent> ask(AccountCommand command) {
    var decision = account.decide(state, command, new Context(now, SECURITY));
    var events = ((Decision.Accepted<AccountEvent>) decision).events();
    events.forEach(event -> state = account.evolve(state, event));
    return events;
  }

  private String code(AccountCommand command) {
    var decision = account.decide(state, command, new Context(now, SECURITY));
    return ((Decision.Refused<AccountEvent>) decision).refusal().code();
  }
}
