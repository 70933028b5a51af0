package govcloud.exchange.gate;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.policy.PolicyException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What passes the gate, and that each single thing that is wrong closes it. */
public class GateTest {
  private static final Instant AT = Instant.parse("2026-03-02T01:15:27Z");
  private static final String PERSON = "999999199001011234";

  /** Open violations for the renewal of a licence. */
  public static Agreed agreed() {
    return agreed(SharingSamples.TERMS, true);
  }

  private static Agreed agreed(AgreementTerms terms, boolean effective) {
    try {
      return Agreed.of(
          "violations-for-renewal", terms, terms.address(), SharingSamples.VIOLATIONS, effective);
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  /** The clerk's own case. */
  public static CitedCase cited() {
    return new CitedCase(true, false, "licence-renewal", "accepted", "zhang-san", Set.of(PERSON));
  }

  /** His query. */
  public static Query query() {
    return new Query(
        "transport",
        "zhang-san",
        "clerk",
        "permits/c-1",
        PERSON,
        "person",
        List.of(),
        AT,
        Optional.empty());
  }

  private static Query query(String person, String role, String subject, List<String> fields) {
    return new Query(
        "transport", person, role, "permits/c-1", subject, "person", fields, AT, Optional.empty());
  }

  private static Query at(Instant moment) {
    return new Query(
        "transport",
        "zhang-san",
        "clerk",
        "permits/c-1",
        PERSON,
        "person",
        List.of(),
        moment,
        Optional.empty());
  }

  private static String code(Agreed agreed, CitedCase cited, Query query) {
    return Gate.decide(agreed, cited, query).refusal().map(Refusal::code).orElse("");
  }

  @Test
  void caseOfTheClerkAndItsParty_asked_passes() {
    Ruling ruling = Gate.decide(agreed(), cited(), query());
    assertThat(ruling.permit()).isTrue();
    assertThat(ruling.fields().stream().map(AgreementTerms.Field::item))
        .containsExactly("plate", "driver_number", "happened_on");
    assertThat(ruling.verdict().orElseThrow().inputHash())
        .isEqualTo(ruling.input().orElseThrow().hash());
    Ruling narrow =
        Gate.decide(agreed(), cited(), query("zhang-san", "clerk", PERSON, List.of("plate")));
    assertThat(narrow.fields().stream().map(AgreementTerms.Field::item)).containsExactly("plate");
    Explanation why = Explanation.of(agreed(), ruling);
    assertThat(why.en()).contains("masked: driver_number, happened_on").contains("《道路运输条例》");
    assertThat(why.zh()).contains("脱敏 driver_number, happened_on");
  }

  @Test
  void emergencyAgreement_asked_passesOnlyWhileItIsActivated() {
    AgreementTerms terms = SharingSamples.TERMS.inEmergency(7);
    Agreed signed = agreed(terms, true);
    assertThat(code(signed, cited(), query())).isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    AgreementState state = AgreementState.VACANT;
    state = state.after(new AgreementEvent.ActivationRequested(1, "li", "flood", "2026-7", AT));
    Agreed requested = signed.during(state.activation());
    assertThat(code(requested, cited(), query())).isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    state = state.after(new AgreementEvent.Activated("he", AT.plusSeconds(60), AT));
    Agreed active = signed.during(state.activation());
    assertThat(code(active, cited(), query())).isEmpty();
    assertThat(code(active, cited(), at(AT.plusSeconds(60))))
        .isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    assertThat(active.activationAt(AT).orElseThrow().number()).isEqualTo(1);
    assertThat(active.activationAt(AT.plusSeconds(60))).isEmpty();
    state = state.after(new AgreementEvent.ActivationEnded("police", "over", AT, AT));
    assertThat(code(signed.during(state.activation()), cited(), query()))
        .isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    assertThat(code(elsewhere(terms), cited(), query())).isEmpty();
  }

  /** The same of another cloud, which knows itself whether it is activated. */
  private static Agreed elsewhere(AgreementTerms terms) {
    return Agreed.elsewhere("violations", terms, terms.address(), SharingSamples.VIOLATIONS, "far");
  }

  @Test
  void oneThingWrong_asked_isRefusedWithItsCode() {
    CitedCase c = cited();
    Agreed a = agreed();
    assertThat(code(agreed(SharingSamples.TERMS, false), c, query()))
        .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    assertThat(code(a, c, at(SharingSamples.TERMS.validFrom().minusSeconds(1))))
        .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    assertThat(code(a, c, at(SharingSamples.TERMS.validUntil())))
        .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    assertThat(
            code(
                a,
                c,
                new Query(
                    "tax", "zhang-san", "clerk", "x", PERSON, "", List.of(), AT, Optional.empty())))
        .isEqualTo("EXCHANGE_AGREEMENT_UNKNOWN");
    assertThat(code(a, CitedCase.NONE, query())).isEqualTo("EXCHANGE_CASE_UNKNOWN");
    assertThat(
            code(a, new CitedCase(true, true, c.matter(), "x", c.assignee(), c.parties()), query()))
        .isEqualTo("EXCHANGE_CASE_CLOSED");
    assertThat(
            code(
                a,
                new CitedCase(true, false, "other", c.state(), c.assignee(), c.parties()),
                query()))
        .isEqualTo("EXCHANGE_CASE_OTHER_MATTER");
    assertThat(code(a, c, query("li-si", "clerk", PERSON, List.of())))
        .isEqualTo("EXCHANGE_CASE_NOT_YOURS");
    assertThat(code(a, new CitedCase(true, false, c.matter(), "x", "", c.parties()), query()))
        .isEqualTo("EXCHANGE_CASE_NOT_YOURS");
    assertThat(code(a, c, query("zhang-san", "clerk", "999999199001011235", List.of())))
        .isEqualTo("EXCHANGE_SUBJECT_NOT_PARTY");
    assertThat(code(a, c, query("zhang-san", "clerk", "", List.of())))
        .isEqualTo("EXCHANGE_SUBJECT_NOT_PARTY");
    assertThat(code(a, c, query("zhang-san", "clerk", PERSON, List.of("address"))))
        .isEqualTo("EXCHANGE_FIELD_NOT_AGREED");
    assertThat(code(a, c, query("zhang-san", "leader", PERSON, List.of())))
        .isEqualTo("EXCHANGE_POLICY_DENIED");
  }

  @Test
  void anyQuery_decided_passesOnlyWhenNothingIsWrong_andNeverNamesTheSubject() {
    Random random = new Random(11);
    Agreed agreed = agreed();
    for (int i = 0; i < 20_000; i++) {
      CitedCase c =
          new CitedCase(
              random.nextInt(8) > 0,
              random.nextInt(8) == 0,
              random.nextInt(8) > 0 ? "licence-renewal" : "other",
              "accepted",
              random.nextInt(8) > 0 ? "zhang-san" : "li-si",
              random.nextInt(8) > 0 ? Set.of(PERSON) : Set.of());
      Query q =
          query(
              "zhang-san",
              random.nextInt(8) > 0 ? "clerk" : "leader",
              PERSON,
              random.nextInt(8) > 0 ? List.of("plate") : List.of("address"));
      boolean right =
          c.exists()
              && !c.finished()
              && c.matter().equals("licence-renewal")
              && c.assignee().equals("zhang-san")
              && c.parties().contains(PERSON)
              && q.role().equals("clerk")
              && q.fields().equals(List.of("plate"));
      Ruling ruling = Gate.decide(agreed, c, q);
      assertThat(ruling.permit()).isEqualTo(right);
      assertThat(ruling.fields().isEmpty()).isNotEqualTo(right);
      ruling.refusal().ifPresent(refusal -> assertThat(refusal.message()).doesNotContain(PERSON));
    }
  }

  @Test
  void everythingAtOnce_askedUnderTermsForQueries_isRefused_andTheOtherWayRound() {
    Query q = query();
    Query batch =
        new Query(
            q.consumer(),
            q.person(),
            q.role(),
            q.caseId(),
            q.subject(),
            q.subjectKind(),
            q.fields(),
            q.at(),
            Optional.of(Mode.BATCH));
    assertThat(code(agreed(), cited(), batch)).isEqualTo("EXCHANGE_MODE_NOT_AGREED");
    Agreed whole = agreed(SharingSamples.TERMS.inMode(Mode.BATCH), true);
    assertThat(code(whole, cited(), batch)).isEmpty();
    assertThat(code(whole, cited(), q)).isEqualTo("EXCHANGE_MODE_NOT_AGREED");
    assertThat(code(whole, CitedCase.NONE, batch)).isEqualTo("EXCHANGE_CASE_UNKNOWN");
  }

  @ParameterizedTest
  @EnumSource(ExchangeRefusal.class)
  void everyCode_isExplainedInBothLanguages(ExchangeRefusal code) {
    assertThat(Explanation.refused(code).zh()).startsWith("拒绝：").endsWith("。");
    assertThat(Explanation.refused(code).en()).startsWith("Refused: ").endsWith(".");
  }
}
