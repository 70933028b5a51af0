package govcloud.domain.sharing;

import static govcloud.domain.sharing.SharingSamples.TERMS;
import static govcloud.domain.sharing.SharingSamples.VIOLATIONS;
import static govcloud.domain.sharing.SharingSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.TestCatalogue;
import govcloud.domain.sharing.AgreementState.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final String POLICE = "police";
  private static final String TRANSPORT = "transport";
  private static final Actor LI = new Actor("li", "agreement-signer");
  private static final Actor SUN = new Actor("sun", "agreement-signer");
  private static final Actor QIAN = new Actor("qian", "agreement-signer");
  private static final Actor HE = new Actor("he", "agreement-signer");
  private static final Actor OPERATOR = new Actor("wang", Actor.OPERATOR);

  /** A Monday at noon in Beijing. */
  private static final Instant MONDAY = Instant.parse("2026-03-02T04:00:00Z");

  private final Agreement agreement =
      new Agreement(
          new TestCatalogue().calendar(), SharingLimits.USUAL, (terms, resource) -> List.of());
  private AgreementState state = AgreementState.VACANT;
  private Instant now = MONDAY;

  @Test
  void conditional_appliedCheckedAnsweredAndSigned_isEffective() {
    accept(LI, new AgreementCommand.Apply(TRANSPORT, TERMS, VIOLATIONS));
    assertThat(due()).isEqualTo("2026-03-04T15:59:59Z");
    accept(OPERATOR, new AgreementCommand.Confirm());
    assertThat(due()).isEqualTo("2026-03-09T15:59:59Z");
    accept(SUN, new AgreementCommand.Consent(POLICE));
    assertThat(due()).isEqualTo("2026-03-16T15:59:59Z");
    sign(SUN, POLICE);
    assertThat(state.effectiveAt(now)).isEmpty();
    sign(LI, TRANSPORT);
    var contract = state.effectiveAt(now).orElseThrow();
    assertThat(contract.address()).isEqualTo(TERMS.address());
    assertThat(contract.signatures())
        .containsExactly(
            new AgreementState.Signature(POLICE, "sun", now),
            new AgreementState.Signature(TRANSPORT, "li", now));
    assertThat(state.effectiveAt(TERMS.validUntil())).isEmpty();
  }

  @Test
  void unconditional_appliedFor_needsOnlyTheConsumersSignature() {
    var open = with(SharingClass.UNCONDITIONAL, "", List.of(Mode.QUERY));
    accept(LI, new AgreementCommand.Apply(TRANSPORT, TERMS, open));
    refuse(
        SUN,
        new AgreementCommand.Sign(POLICE, TERMS.address()),
        "police: 0 signatures, and no more needed (expected: the other party)");
    sign(LI, TRANSPORT);
    assertThat(state.status()).isEqualTo(Status.EFFECTIVE);
  }

  @Test
  void core_signed_needsTwoPeopleOfEachParty() {
    var core = with(true, new AgreementTerms.Field("picture", Masking.PLAIN));
    toSigning(core);
    sign(SUN, POLICE);
    refuse(
        SUN,
        new AgreementCommand.Sign(POLICE, core.address()),
        "sun: has signed for police (expected: another person)");
    sign(LI, TRANSPORT);
    sign(QIAN, POLICE);
    assertThat(state.status()).isEqualTo(Status.SIGNING);
    sign(HE, TRANSPORT);
    assertThat(state.status()).isEqualTo(Status.EFFECTIVE);
  }

  @Test
  void person_whoSignedForOneParty_cannotSignForTheOther() {
    toSigning(TERMS);
    sign(SUN, POLICE);
    refuse(
        SUN,
        new AgreementCommand.Sign(TRANSPORT, TERMS.address()),
        "sun: has signed for police (expected: another person)");
  }

  @Test
  void signature_throughAnotherAccountOrForOtherTerms_isRefused() {
    toSigning(TERMS);
    refuse(
        LI.through("importer"),
        new AgreementCommand.Sign(TRANSPORT, TERMS.address()),
        "li: through importer (expected: in person)");
    refuse(
        LI,
        new AgreementCommand.Sign(TRANSPORT, "00"),
        "address: 00 (expected: " + TERMS.address() + ")");
  }

  @Test
  void provider_silent_isToldOfOnceAfterTheLimit() {
    accept(LI, new AgreementCommand.Apply(TRANSPORT, TERMS, VIOLATIONS));
    accept(OPERATOR, new AgreementCommand.Confirm());
    now = Instant.parse("2026-03-09T15:59:59Z");
    refuse(
        Actor.platform(),
        new AgreementCommand.Escalate(),
        "now: 2026-03-09T15:59:59Z (expected: after 2026-03-09T15:59:59Z)");
    now = now.plusSeconds(1);
    accept(Actor.platform(), new AgreementCommand.Escalate());
    assertThat(state.proposal().orElseThrow().escalated()).isTrue();
    accept(SUN, new AgreementCommand.Consent(POLICE));
    assertThat(state.proposal().orElseThrow().escalated()).isFalse();
  }

  @Test
  void refusal_withoutReason_isRefused() {
    accept(LI, new AgreementCommand.Apply(TRANSPORT, TERMS, VIOLATIONS));
    accept(OPERATOR, new AgreementCommand.Confirm());
    refuse(
        SUN,
        new AgreementCommand.Refuse(POLICE, ""),
        "reason: \"\" (expected: 1 to 2000 characters)");
    accept(SUN, new AgreementCommand.Refuse(POLICE, "《个人信息保护法》"));
    assertThat(state.status()).isEqualTo(Status.REFUSED);
    assertThat(state.terms()).contains(TERMS);
  }

  @Test
  void returnedApplication_appliedForAgain_isCheckedAnew() {
    accept(LI, new AgreementCommand.Apply(TRANSPORT, TERMS, VIOLATIONS));
    accept(OPERATOR, new AgreementCommand.Return("which cases?"));
    assertThat(state.proposal().orElseThrow().due()).isEmpty();
    var more = with(false, new AgreementTerms.Field("plate", Masking.PLAIN));
    accept(LI, new AgreementCommand.Apply(TRANSPORT, more, VIOLATIONS));
    assertThat(state.status()).isEqualTo(Status.SUBMITTED);
    assertThat(state.terms()).contains(more);
  }

  @Test
  void suspension_byOneParty_isEndedByThatPartyAlone() {
    effective();
    accept(SUN, new AgreementCommand.Suspend(POLICE, "many odd queries"));
    assertThat(state.effectiveAt(now)).isEmpty();
    refuse(LI, new AgreementCommand.Resume(TRANSPORT), "department: transport (expected: police)");
    accept(SUN, new AgreementCommand.Resume(POLICE));
    assertThat(state.effectiveAt(now)).isPresent();
  }

  @Test
  void successor_whenAllHaveSigned_takesTheContractsPlaceAtOnce() {
    effective();
    var next = with(false, new AgreementTerms.Field("plate", Masking.PLAIN));
    refuse(
        LI,
        new AgreementCommand.Apply(TRANSPORT, next, VIOLATIONS),
        "/replaces: none (expected: " + TERMS.address() + ", the address of those in force)");
    next = next.following(TERMS.address());
    toSigning(next);
    sign(SUN, POLICE);
    assertThat(state.effectiveAt(now).orElseThrow().terms()).isEqualTo(TERMS);
    sign(LI, TRANSPORT);
    var contract = state.effectiveAt(now).orElseThrow();
    assertThat(contract.terms()).isEqualTo(next);
    assertThat(contract.number()).isEqualTo(2);
  }

  @Test
  void agreement_overInTime_expiresAndNotBefore() {
    effective();
    refuse(
        Actor.platform(),
        new AgreementCommand.Expire(),
        "now: 2026-03-02T04:00:00Z (expected: not before 2027-03-02T00:00:00Z)");
    now = TERMS.validUntil();
    accept(Actor.platform(), new AgreementCommand.Expire());
    assertThat(state.status()).isEqualTo(Status.EXPIRED);
  }

  @Test
  void otherDepartments_askingForAnything_areRefused() {
    effective();
    for (var command :
        List.of(
            new AgreementCommand.Suspend("tax", "curiosity"),
            new AgreementCommand.Resume("tax"),
            new AgreementCommand.Revoke("tax", "curiosity"))) {
      refuse(HE, command, "department: tax (expected: police or transport)");
    }
  }

  @Test
  void termsWithExpressions_withoutAnEvaluator_areRefused() {
    var plain =
        new Agreement(
            new TestCatalogue().calendar(), SharingLimits.USUAL, TermsCheck.withoutExpressions());
    var decision =
        plain.decide(
            state, new AgreementCommand.Apply(TRANSPORT, TERMS, VIOLATIONS), new Context(now, LI));
    assertThat(((Decision.Refused<AgreementEvent>) decision).refusal().message())
        .isEqualTo("/row_filter: given (expected: none, for none is evaluated)");
  }

  @Test
  void revokedAgreement_appliedForAgain_isRefused() {
    effective();
    accept(SUN, new AgreementCommand.Revoke(POLICE, "the law has changed"));
    refuse(
        LI,
        new AgreementCommand.Apply(TRANSPORT, TERMS.following(TERMS.address()), VIOLATIONS),
        "revoked (expected: effective or suspended, or another identifier)");
  }

  private void effective() {
    toSigning(TERMS);
    sign(SUN, POLICE);
    sign(LI, TRANSPORT);
  }

  private void toSigning(AgreementTerms terms) {
    accept(LI, new AgreementCommand.Apply(TRANSPORT, terms, VIOLATIONS));
    accept(OPERATOR, new AgreementCommand.Confirm());
    accept(SUN, new AgreementCommand.Consent(POLICE));
  }

  private void sign(Actor who, String party) {
    accept(who, new AgreementCommand.Sign(party, state.proposal().orElseThrow().address()));
  }

  private Instant due() {
    return state.proposal().flatMap(AgreementState.Proposal::due).orElseThrow();
  }

  private void accept(Actor who, AgreementCommand command) {
    var decision = agreement.decide(state, command, new Context(now, who));
    assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
    for (var event : ((Decision.Accepted<AgreementEvent>) decision).events()) {
      state = agreement.evolve(state, event);
    }
  }

  private void refuse(Actor who, AgreementCommand command, String message) {
    var decision = agreement.decide(state, command, new Context(now, who));
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    assertThat(((Decision.Refused<AgreementEvent>) decision).refusal().message())
        .isEqualTo(message);
  }
}
