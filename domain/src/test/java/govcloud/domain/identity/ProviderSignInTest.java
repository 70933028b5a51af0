package govcloud.domain.identity;

import static govcloud.domain.contract.AccountFixture.ACCEPT;
import static govcloud.domain.contract.AccountFixture.CODE;
import static govcloud.domain.contract.AccountFixture.INVITE;
import static govcloud.domain.contract.AccountFixture.INVITE_CITIZEN;
import static govcloud.domain.contract.AccountFixture.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.AccountCommand.ProviderAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderSignInTest {

  private static final Actor SECURITY = new Actor("li", Roles.SECURITY);
  private static final ProviderAnswer KNOWN =
      ProviderAnswer.of(new ProviderIdentity("https://id.example", "24400320"));

  private final Account account = new Account();
  private AccountState state = AccountState.VACANT;
  private Instant now = Instant.parse("2026-03-02T01:00:00Z");

  private Decision<AccountEvent> decide(AccountCommand command) {
    var decision = account.decide(state, command, new Context(now, SECURITY));
    if (decision instanceof Decision.Accepted<AccountEvent> accepted) {
      accepted.events().forEach(event -> state = account.evolve(state, event));
    }
    return decision;
  }

  private void link(ProviderAnswer answer) {
    decide(new AccountCommand.LinkProvider(CODE, answer, "127.0.0.1"));
  }

  private Optional<SignInFault> signInBy(ProviderAnswer answer) {
    var before = state.sessions().size();
    decide(new AccountCommand.SignInByProvider(answer, "s9", "token-9", "127.0.0.1"));
    return state.sessions().size() > before ? Optional.empty() : state.guard().lastFault();
  }

  @Test
  void invited_throughTheProvider_comesInByItAloneFromThenOn() {
    decide(INVITE);
    link(KNOWN);
    assertThat(state.status()).isEqualTo(AccountState.Status.ACTIVE);
    assertThat(signInBy(KNOWN)).isEmpty();
    decide(signIn(7));
    assertThat(state.guard().lastFault()).contains(SignInFault.PASSWORD_WRONG);
  }

  @Test
  void linked_byTheSameCodeAgain_isRefused() {
    decide(INVITE);
    link(KNOWN);
    link(ProviderAnswer.of(new ProviderIdentity("https://id.example", "other")));
    assertThat(state.guard().lastFault()).contains(SignInFault.INVITATION_WRONG);
    assertThat(state.credentials().provider()).isEqualTo(KNOWN.identity());
  }

  @Test
  void somebodyElseThere_orTheSameNameAtAnotherProvider_isRefused() {
    decide(INVITE);
    link(KNOWN);
    for (var other :
        List.of(
            new ProviderIdentity("https://id.example", "24400321"),
            new ProviderIdentity("https://evil.example", "24400320"))) {
      assertThat(signInBy(ProviderAnswer.of(other))).contains(SignInFault.PROVIDER_IDENTITY_WRONG);
    }
  }

  @Test
  void accountWithAPassword_isNotLetInByAProvider() {
    decide(INVITE);
    decide(ACCEPT);
    assertThat(signInBy(KNOWN)).contains(SignInFault.PROVIDER_IDENTITY_WRONG);
  }

  @Test
  void accountThatNobodyHas_isRefusedAndWrittenDown() {
    assertThat(signInBy(KNOWN)).contains(SignInFault.ACCOUNT_UNKNOWN);
  }

  @Test
  void answerWithAFault_linksAndLetsInNobody() {
    decide(INVITE);
    var faulty = ProviderAnswer.refused(SignInFault.PROVIDER_FACTOR_MISSING);
    link(faulty);
    assertThat(state.status()).isEqualTo(AccountState.Status.INVITED);
    link(KNOWN);
    assertThat(signInBy(faulty)).contains(SignInFault.PROVIDER_FACTOR_MISSING);
  }

  @Test
  void wrongAnswers_five_lock() {
    decide(INVITE);
    link(KNOWN);
    var faulty = ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED);
    for (int i = 0; i < Guard.FAILURES_TO_LOCKOUT; i++) {
      signInBy(faulty);
    }
    assertThat(decide(new AccountCommand.SignInByProvider(KNOWN, "s", "t", "127.0.0.1")))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused ->
                assertThat(refused.refusal().code())
                    .isEqualTo(AccountRefusal.SIGN_IN_LOCKED.name()));
  }

  @Test
  void peopleOfThePlatform_comeInWithoutAProvider_alsoThoseWhoBecomeSome() {
    decide(new AccountCommand.Invite("李雷", Optional.empty(), List.of(Actor.OPERATOR), CODE));
    assertThat(decide(new AccountCommand.LinkProvider(CODE, KNOWN, "127.0.0.1")))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused ->
                assertThat(refused.refusal().code())
                    .isEqualTo(AccountRefusal.ACCOUNT_LOCAL_ONLY.name()));
    state = AccountState.VACANT;
    decide(INVITE);
    link(KNOWN);
    decide(new AccountCommand.ChangeRoles(Optional.empty(), List.of(Roles.AUDIT)));
    assertThat(signInBy(KNOWN)).contains(SignInFault.PROVIDER_IDENTITY_WRONG);
  }

  @Test
  void citizens_mayComeInThroughIt() {
    decide(INVITE_CITIZEN);
    link(KNOWN);
    assertThat(signInBy(KNOWN)).isEmpty();
  }

  @Test
  void invitationRenewed_takesTheProviderAway() {
    decide(INVITE);
    link(KNOWN);
    decide(new AccountCommand.RenewInvitation(CODE));
    assertThat(signInBy(KNOWN)).contains(SignInFault.NOT_ACTIVE);
    assertThat(state.credentials().provider()).isEmpty();
  }
}
