package govcloud.exchange.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.CitedCase;
import govcloud.exchange.gate.Gate;
import govcloud.exchange.gate.GateTest;
import govcloud.exchange.gate.Query;
import govcloud.exchange.gate.Ruling;
import govcloud.exchange.policy.PolicyException;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attacks on an agreement (group F of the attack cases): each gets its code, releases nothing, and
 * leaves an entry for the ledger that names the code and no person.
 */
class ExchangeAttacksTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final Instant AT = Instant.parse("2026-03-02T01:15:27Z");
  private static final String PARTY = GateTest.query().subject();
  private static final String STRANGER = "999999199001011235";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{17}[0-9X]");

  /** What somebody tries, and the code that it gets. */
  private enum Attack {
    SUSPENDED_OR_REVOKED("EXCHANGE_AGREEMENT_NOT_IN_FORCE"),
    NOT_YET_VALID("EXCHANGE_AGREEMENT_NOT_IN_FORCE"),
    EXPIRED("EXCHANGE_AGREEMENT_NOT_IN_FORCE"),
    OTHER_PURPOSE("EXCHANGE_CASE_OTHER_MATTER"),
    CLOSED_CASE("EXCHANGE_CASE_CLOSED"),
    CASE_OF_A_COLLEAGUE("EXCHANGE_CASE_NOT_YOURS"),
    PERSON_OUTSIDE_THE_CASE("EXCHANGE_SUBJECT_NOT_PARTY"),
    FIELD_TOO_MANY("EXCHANGE_FIELD_NOT_AGREED"),
    ROLE_THAT_THE_POLICY_DENIES("EXCHANGE_POLICY_DENIED");

    private final String code;

    Attack(String code) {
      this.code = code;
    }

    private Agreed agreed() {
      return of(SharingSamples.TERMS, this != SUSPENDED_OR_REVOKED);
    }

    private CitedCase cited() {
      var matter = this == OTHER_PURPOSE ? "marriage" : "licence-renewal";
      var handler = this == CASE_OF_A_COLLEAGUE ? "li-si" : "zhang-san";
      return new CitedCase(true, this == CLOSED_CASE, matter, "accepted", handler, Set.of(PARTY));
    }

    private Query query() {
      var at =
          switch (this) {
            case NOT_YET_VALID -> SharingSamples.TERMS.validFrom().minusMillis(1);
            case EXPIRED -> SharingSamples.TERMS.validUntil();
            default -> AT;
          };
      return new Query(
          "transport",
          "zhang-san",
          this == ROLE_THAT_THE_POLICY_DENIES ? "leader" : "clerk",
          "permits/c-1",
          this == PERSON_OUTSIDE_THE_CASE ? STRANGER : PARTY,
          "person",
          this == FIELD_TOO_MANY ? List.of("plate", "picture") : List.of(),
          at,
          Optional.empty());
    }
  }

  private static Agreed of(AgreementTerms terms, boolean effective) {
    try {
      return Agreed.of("violations", terms, terms.address(), SharingSamples.VIOLATIONS, effective);
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static Entry recorded(Agreed agreed, Query query, Ruling ruling) {
    return Evidence.of(ID, agreed, query, ruling, Map.of(), Map.of(), new byte[32]);
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void attack_getsItsCode_andAnEntryThatNamesNobody(Attack attack) throws LedgerException {
    var agreed = attack.agreed();
    var query = attack.query();
    var ruling = Gate.decide(agreed, attack.cited(), query);
    assertThat(ruling.permit()).isFalse();
    assertThat(ruling.fields()).isEmpty();
    var refusal = ruling.refusal().orElseThrow();
    assertThat(refusal.code()).isEqualTo(attack.code);
    assertThat(refusal.message()).doesNotContain(PARTY, STRANGER).contains("(expected: ");
    var entry = recorded(agreed, query, ruling);
    assertThat(entry.open())
        .containsEntry("decision", "deny")
        .containsEntry("code", attack.code)
        .doesNotContainKey("fields");
    assertThat(entry.closed()).containsOnlyKeys("case", "clerk", "subject");
    assertThat(Leaf.parse(entry.toBytes(), "entry")).isEqualTo(entry);
    var bytes = new String(entry.toBytes(), StandardCharsets.ISO_8859_1);
    assertThat(NUMBER.matcher(bytes).find()).as("the number of a person").isFalse();
    assertThat(bytes).doesNotContain("zhang-san", "c-1");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_YET_VALID", "EXPIRED"})
  void agreementOutsideItsTime_isRefusedWithTheDates(Attack attack) {
    var refused = Gate.decide(attack.agreed(), attack.cited(), attack.query()).refusal();
    assertThat(refused.orElseThrow().message())
        .contains("2026-03-02T00:00:00Z", "2027-03-02T00:00:00Z");
  }

  /** A query is decided and answered under one version, which the entry names. */
  @Test
  void policyThatChangesMeanwhile_isAnotherDecision_andTheEntryTellsWhichItWas() {
    var before = of(SharingSamples.TERMS, true);
    var open = Optional.of(new Policy("role != ''", List.of()));
    var after =
        of(
            SharingSamples.with(
                false,
                open,
                SharingSamples.TERMS.validUntil(),
                SharingSamples.TERMS.fields().toArray(AgreementTerms.Field[]::new)),
            true);
    var query = GateTest.query();
    var one = recorded(before, query, Gate.decide(before, GateTest.cited(), query));
    var two = recorded(after, query, Gate.decide(after, GateTest.cited(), query));
    assertThat(one.open()).containsEntry("decision", "permit").containsKeys("policy", "input");
    assertThat(two.open().get("policy")).isNotEqualTo(one.open().get("policy"));
    assertThat(two.open().get("address")).isNotEqualTo(one.open().get("address"));
    assertThat(two.open().get("input")).isEqualTo(one.open().get("input"));
    var leader = Attack.ROLE_THAT_THE_POLICY_DENIES.query();
    assertThat(Gate.decide(before, GateTest.cited(), leader).permit()).isFalse();
    assertThat(Gate.decide(after, GateTest.cited(), leader).permit()).isTrue();
  }
}
