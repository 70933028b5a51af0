package govcloud.domain.sharing;

import static govcloud.domain.sharing.SharingSamples.TERMS;
import static govcloud.domain.sharing.SharingSamples.VIOLATIONS;
import static govcloud.domain.sharing.SharingSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.AgreementTerms.Field;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreementTermsTest {

  private static final Field PLATE = new Field("plate", Masking.PLAIN);

  @Test
  void goodTerms_checked_haveNoFault() {
    assertThat(TERMS.faults()).isEmpty();
    assertThat(TERMS.faults(VIOLATIONS)).isEmpty();
  }

  @Test
  void badFields_checked_areEachToldWithTheirPlace() {
    var terms =
        with(false, PLATE, new Field("plate", Masking.ends(0, 0)), new Field("points", at(3)));
    assertThat(terms.faults())
        .extracting(Refusal::message)
        .containsExactly(
            "/fields/1/item: \"plate\" (expected: an item only once)",
            "/fields/1/masking: nothing kept (expected: first + last >= 1, or hidden)",
            "/fields/2/masking/first: 3 (expected: 0, for it is only for ends)");
  }

  private static Masking at(int first) {
    return new Masking(Masking.Rule.HASH, first, 0);
  }

  @Test
  void fieldsThatTheResourceDoesNotHave_checked_areTold() {
    var terms =
        with(
            false,
            new Field("colour", Masking.PLAIN),
            new Field("points", Masking.of(Masking.Rule.YEAR)),
            new Field("happened_on", Masking.ends(1, 1)));
    assertThat(terms.faults(VIOLATIONS))
        .extracting(Refusal::message)
        .containsExactly(
            "/fields/0/item: \"colour\" (expected: an item of traffic-violations)",
            "/fields/1/masking/rule: year of integer (expected: a date or timestamp)",
            "/fields/2/masking/rule: ends of date"
                + " (expected: a text, citizen_number or credit_code)");
  }

  @Test
  void coreField_leavingTheProvider_makesTheTermsCore() {
    var picture = new Field("picture", Masking.PLAIN);
    assertThat(with(true, picture).faults(VIOLATIONS)).isEmpty();
    assertThat(with(false, picture).faults(VIOLATIONS))
        .extracting(Refusal::message)
        .containsExactly("/core: false (expected: true)");
    assertThat(
            with(false, new Field("picture", Masking.of(Masking.Rule.HIDDEN))).faults(VIOLATIONS))
        .isEmpty();
  }

  @Test
  void everythingAtOnce_agreedOn_isOfferedAndAFileIsGivenWhole() {
    var file = SharingSamples.asFile(List.of(Mode.FILE));
    var half = with(false, PLATE, new Field("points", Masking.of(Masking.Rule.PREDICATE)));
    assertThat(half.inMode(Mode.FILE).faults(file))
        .extracting(Refusal::message)
        .containsExactly(
            "/fields/1/masking/rule: predicate of a file (expected: plain)",
            "/fields: 2 items (expected: all 5, for a file is given whole)",
            "/row_filter: given (expected: none, for a file is given whole)");
    assertThat(half.inMode(Mode.BATCH).faults(file))
        .extracting(Refusal::message)
        .containsExactly(
            "/mode: batch (expected: one of [file])",
            "/fields/1/masking/rule: predicate of a batch (expected: any other rule)");
    var batch = SharingSamples.asFile(List.of(Mode.BATCH));
    assertThat(with(false, PLATE).inMode(Mode.BATCH).faults(batch)).isEmpty();
    assertThat(with(false, PLATE).faults(batch))
        .extracting(fault -> fault.details().get("at"))
        .containsExactly("/fields/0/masking/rule");
    assertThat(TERMS.inMode(Mode.QUERY).faults())
        .extracting(Refusal::message)
        .containsExactly("/mode: query (expected: file or batch, or none)");
    assertThat(TERMS.inMode(Mode.BATCH).address()).isNotEqualTo(TERMS.address());
  }

  @Test
  void resourceThatIsNotShared_checked_isTold() {
    var closed = with(SharingClass.NOT_SHARED, "《刑事诉讼法》", List.of());
    assertThat(TERMS.faults(closed))
        .extracting(Refusal::message)
        .containsExactly(
            "/resource: traffic-violations, not shared: 《刑事诉讼法》"
                + " (expected: one that is shared)");
  }

  @Test
  void valuesOfAResourceThatOnlyAnswersQuestions_checked_areTold() {
    var answers = with(SharingClass.CONDITIONAL, "《道路交通安全法》", List.of(Mode.PREDICATE));
    var asked = new Field("points", Masking.of(Masking.Rule.PREDICATE));
    assertThat(with(false, asked).faults(answers)).isEmpty();
    assertThat(with(false, asked, PLATE).faults(answers))
        .extracting(Refusal::message)
        .containsExactly(
            "/fields/1/masking/rule: values of a resource that is [predicate]"
                + " (expected: predicate or hidden)");
  }

  @Test
  void policyThatPermitsEveryExample_checked_isTold() {
    var example = new Policy.Example("always", "{}", true);
    var policy = new Policy("true", List.of(example, example));
    assertThat(with(false, Optional.of(policy), TERMS.validUntil(), PLATE).faults())
        .extracting(Refusal::message)
        .containsExactly(
            "/policy/examples: 2 of 2 permitted"
                + " (expected: at least one that is permitted and one that is not)");
  }

  @Test
  void end_notAfterBeginning_isTold() {
    assertThat(with(false, TERMS.policy(), TERMS.validFrom(), PLATE).faults())
        .extracting(fault -> fault.details().get("at"))
        .containsExactly("/valid_until");
  }

  @Test
  void validity_holdsFromBeginningAndBeforeEnd() {
    assertThat(TERMS.validAt(TERMS.validFrom())).isTrue();
    assertThat(TERMS.validAt(TERMS.validFrom().minusNanos(1))).isFalse();
    assertThat(TERMS.validAt(TERMS.validUntil())).isFalse();
  }

  /** Made by another program from the same members: what was signed once never changes. */
  @Test
  void address_ofPublishedTerms_staysAsItIs() {
    assertThat(TERMS.address())
        .isEqualTo("ce0b1c75bd6d8b9f264b479117b62de3555732b29f5d20ca71cd32366effa1a4");
  }
}
