package govcloud.domain.sharing;

import static govcloud.domain.sharing.SharingSamples.VIOLATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.TestCatalogue;
import govcloud.domain.sharing.Activation.Stage;
import govcloud.domain.sharing.AgreementState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActivationTest {

  private static final String POLICE = "police";
  private static final String TRANSPORT = "transport";
  private static final Actor LI = new Actor("li", "data-officer");
  private static final Actor HE = new Actor("he", "agreement-signer");
  private static final Actor SUN = new Actor("sun", "agreement-signer");
  private static final Actor OPERATOR = new Actor("wang", Actor.OPERATOR);
  private static final AgreementTerms TERMS = SharingSamples.TERMS.inEmergency(7);
  private static final AgreementCommand REQUEST =
      new AgreementCommand.RequestActivation(TRANSPORT, "疫情协查", "2026-17");
  private static final AgreementCommand ACTIVATE = new AgreementCommand.Activate(TRANSPORT, 1);

  private final Agreement agreement =
      new Agreement(
          new TestCatalogue().calendar(), SharingLimits.USUAL, (terms, resource) -> List.of());
  private AgreementState state = AgreementState.VACANT;

  /** A Monday at noon in Beijing. */
  private Instant now = Instant.parse("2026-03-02T04:00:00Z");

  @BeforeEach
  void sign() {
    accept(LI, new AgreementCommand.Apply(TRANSPORT, TERMS, VIOLATIONS));
    accept(OPERATOR, new AgreementCommand.Confirm());
    accept(SUN, new AgreementCommand.Consent(POLICE));
    accept(SUN, new AgreementCommand.Sign(POLICE, TERMS.address()));
    accept(HE, new AgreementCommand.Sign(TRANSPORT, TERMS.address()));
    assertThat(state.status()).isEqualTo(Status.EFFECTIVE);
  }

  private Activation activation() {
    return state.activation().orElseThrow();
  }

  @Test
  void emergency_activatedByTwoPeople_holdsForItsDaysAndNoLonger() {
    assertThat(state.activation()).isEmpty();
    accept(LI, REQUEST);
    assertThat(activation().holdsAt(now)).isFalse();
    refuse(LI, ACTIVATE, "li: has asked for it (expected: another person)");
    refuse(HE.through("importer"), ACTIVATE, "he: through importer (expected: in person)");
    refuse(
        HE,
        new AgreementCommand.Activate(TRANSPORT, 2),
        "activation: 2 (expected: 1, which was asked for)");
    refuse(
        SUN, new AgreementCommand.Activate(POLICE, 1), "department: police (expected: transport)");
    accept(HE, ACTIVATE);
    assertThat(activation().holdsAt(now)).isTrue();
    assertThat(activation().until()).contains(now.plus(Duration.ofDays(7)));
    assertThat(activation().holdsAt(now.plus(Duration.ofDays(7)).minusNanos(1))).isTrue();
    assertThat(activation().holdsAt(now.plus(Duration.ofDays(7)))).isFalse();
  }

  @Test
  void activation_whoseTimeIsOver_lapsesAndHasToBeReviewedBeforeTheNext() {
    accept(LI, REQUEST);
    accept(HE, ACTIVATE);
    refuse(
        Actor.platform(),
        new AgreementCommand.LapseActivation(),
        "now: 2026-03-02T04:00:00Z (expected: not before 2026-03-09T04:00:00Z)");
    now = now.plus(Duration.ofDays(7));
    accept(Actor.platform(), new AgreementCommand.LapseActivation());
    accept(Actor.platform(), new AgreementCommand.LapseActivation());
    assertThat(activation().stage()).isEqualTo(Stage.ENDED);
    assertThat(activation().reviewDue()).contains(Instant.parse("2026-03-23T15:59:59Z"));
    refuse(LI, REQUEST, "activation 1: not reviewed (expected: a review of it)");
    refuse(
        HE,
        new AgreementCommand.ReviewActivation(TRANSPORT, " "),
        "review: \" \" (expected: 1 to 2000 characters)");
    accept(HE, new AgreementCommand.ReviewActivation(TRANSPORT, "查询12人，均为密接"));
    assertThat(activation().review()).isEqualTo("查询12人，均为密接");
    accept(LI, REQUEST);
    assertThat(activation().number()).isEqualTo(2);
  }

  @Test
  void activation_endedByTheProvider_givesNothingAnyMore() {
    accept(LI, REQUEST);
    accept(HE, ACTIVATE);
    refuse(LI, REQUEST, "activation 1: active (expected: none)");
    accept(SUN, new AgreementCommand.EndActivation(POLICE, "疫情结束"));
    assertThat(activation().holdsAt(now)).isFalse();
    assertThat(activation().end()).isEqualTo("疫情结束");
    refuse(
        SUN,
        new AgreementCommand.EndActivation(POLICE, "again"),
        "activation: ended (expected: requested or active)");
  }

  @Test
  void request_givenUpOrForgotten_isAskedForAgain() {
    accept(LI, REQUEST);
    accept(LI, new AgreementCommand.EndActivation(TRANSPORT, "false alarm"));
    assertThat(activation().stage()).isEqualTo(Stage.WITHDRAWN);
    accept(LI, REQUEST);
    now = now.plus(Activation.LONGEST_REQUEST);
    refuse(
        HE,
        new AgreementCommand.Activate(TRANSPORT, 2),
        "activation: lapsed (expected: one asked for in the last 24 hours)");
    accept(HE, REQUEST);
    accept(LI, new AgreementCommand.Activate(TRANSPORT, 3));
  }

  @Test
  void agreement_revokedWhileActive_endsTheActivation() {
    accept(LI, REQUEST);
    accept(HE, ACTIVATE);
    accept(SUN, new AgreementCommand.Revoke(POLICE, "law"));
    assertThat(activation().stage()).isEqualTo(Stage.ENDED);
    refuse(LI, REQUEST, "agreement: revoked (expected: in force now)");
    accept(HE, new AgreementCommand.ReviewActivation(TRANSPORT, "reviewed"));
  }

  @Test
  void termsThatFollow_whileActive_haveToBeActivatedAnew() {
    accept(LI, REQUEST);
    accept(HE, ACTIVATE);
    var next = TERMS.following(TERMS.address());
    accept(LI, new AgreementCommand.Apply(TRANSPORT, next, VIOLATIONS));
    accept(OPERATOR, new AgreementCommand.Confirm());
    accept(SUN, new AgreementCommand.Consent(POLICE));
    accept(SUN, new AgreementCommand.Sign(POLICE, next.address()));
    assertThat(activation().stage()).isEqualTo(Stage.ACTIVE);
    accept(HE, new AgreementCommand.Sign(TRANSPORT, next.address()));
    assertThat(activation().stage()).isEqualTo(Stage.ENDED);
  }

  @Test
  void terms_withALongerEmergencyThanAllowedOrNone_areRefused() {
    var longer = TERMS.following(TERMS.address()).inEmergency(31);
    refuse(
        LI,
        new AgreementCommand.Apply(TRANSPORT, longer, VIOLATIONS),
        "/emergency/days: 31 (expected: 1 to 30)");
    state = AgreementState.VACANT;
    var usual = SharingSamples.TERMS;
    accept(LI, new AgreementCommand.Apply(TRANSPORT, usual, VIOLATIONS));
    refuse(LI, REQUEST, "agreement: none signed (expected: one that was signed)");
    accept(OPERATOR, new AgreementCommand.Confirm());
    accept(SUN, new AgreementCommand.Consent(POLICE));
    accept(SUN, new AgreementCommand.Sign(POLICE, usual.address()));
    accept(HE, new AgreementCommand.Sign(TRANSPORT, usual.address()));
    refuse(LI, REQUEST, "terms: of no emergency agreement (expected: with `emergency`)");
  }

  private Decision<AgreementEvent> ask(Actor actor, AgreementCommand command) {
    return agreement.decide(state, command, new Context(now, actor));
  }

  private void accept(Actor actor, AgreementCommand command) {
    var decision = ask(actor, command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    for (var event : ((Decision.Accepted<AgreementEvent>) decision).events()) {
      state = agreement.evolve(state, event);
    }
  }

  private void refuse(Actor actor, AgreementCommand command, String message) {
    var decision = ask(actor, command);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    assertThat(((Decision.Refused<AgreementEvent>) decision).refusal().message())
        .isEqualTo(message);
  }
}
