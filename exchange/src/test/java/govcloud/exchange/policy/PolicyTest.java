package govcloud.exchange.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.domain.Refusal;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.SharingSamples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  /** 2026-03-02 is a Monday; 01:15:27 in UTC is 09:15:27 in Beijing. */
  private static final Instant MONDAY_MORNING = Instant.parse("2026-03-02T01:15:27Z");

  private static final PolicyInput MORNING =
      PolicyInput.of(
          "transport",
          "clerk",
          "licence-renewal",
          "accepted",
          "annual check",
          "person",
          List.of("number", "place"),
          MONDAY_MORNING);

  private static Policy compiled(String source) throws PolicyException {
    return new PolicyCompiler().compile(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "consumer == 'transport' && matter == 'licence-renewal' | true",
        "role in ['clerk', 'leader'] && state != 'closed' | true",
        "hour == 9 && weekday == 1 && at > 0 | true",
        "hour + 1 == 10 && fields.map(f, size(f)).exists(n, n == 5) | true",
        "fields.filter(f, f == 'place').size() == 1 | true",
        "fields.all(f, f in ['number', 'place', 'points']) | true",
        "fields.exists(f, f == 'name') | false",
        "size(fields) > 2 || purpose.startsWith('annual') | true",
        "subject_kind == 'company' | false"
      })
  void policy_asked_saysWhatItSays(String source, boolean permit) throws PolicyException {
    Verdict verdict = compiled(source).decide(MORNING);
    assertThat(verdict.permit()).isEqualTo(permit);
    assertThat(verdict.error()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "'yes' | type string (expected: bool)",
        "hour | type int (expected: bool)",
        "unknown == 'x' | at 1:1: undeclared reference to 'unknown'",
        "role == | at 1:8",
        "hour == 'nine' | at 1:6: found no matching overload",
        "1.5 > 1.0 | a value of type double (expected: none)",
        "double(hour) > 2.0 | a value of type double (expected: none)",
        "dyn(role) == 'clerk' | a value of type dyn (expected: none)",
        "{'a': 1}.size() == 1 | a value of type map",
        "role.matches('(a+)+$') | a pattern (expected: ==, in",
        "role + role == 'clerkclerk' | at 1:6: joined texts or lists (expected: none)",
        "['a'].map(x, x + x).map(x, x + x).size() == 1 | joined texts or lists (expected: none)",
        "size(fields + fields) == 2 | joined texts or lists (expected: none)"
      })
  void textThatIsNoPolicy_compiled_isRefusedWithItsPlace(String source, String message) {
    assertThatThrownBy(() -> compiled(source))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void floatingPoint_inSecondLine_isLocated() {
    assertThatThrownBy(() -> compiled("role == 'clerk' &&\n  hour < 9 && 2.5 > 1.0"))
        .isInstanceOfSatisfying(
            PolicyException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.column()).isPositive();
            });
  }

  @Test
  void textTooLongTooDeepOrTooBig_compiled_isRefused() {
    assertThatThrownBy(() -> compiled("role == '" + "x".repeat(Expressions.LONGEST) + "'"))
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> compiled("(".repeat(300) + "true" + ")".repeat(300)))
        .isInstanceOf(PolicyException.class);
    assertThatThrownBy(() -> compiled("true" + " && true".repeat(300)))
        .hasMessageContaining("nodes (expected: <= 400)");
  }

  @Test
  void loopsWithoutEnd_asked_areDenied() throws PolicyException {
    String list = "[" + "1,".repeat(19) + "1]";
    Policy slow = compiled(list + ".all(a, " + list + ".all(b, " + list + ".all(c, true)))");
    Verdict verdict = slow.decide(MORNING);
    assertThat(verdict.permit()).isFalse();
    assertThat(verdict.error()).contains("1000");
  }

  @Test
  void error_asked_isDeniedWithReason() throws PolicyException {
    assertThat(compiled("1 / (hour - hour) == 1").decide(MORNING))
        .satisfies(verdict -> assertThat(verdict.permit()).isFalse())
        .satisfies(verdict -> assertThat(verdict.error()).contains("/ by zero"));
    assertThat(compiled("fields[7] == 'x'").decide(MORNING).permit()).isFalse();
  }

  @Test
  void anyInput_decidedByTwoCompilers_getsTheSameVerdict() throws PolicyException {
    String source =
        "role in ['clerk', 'leader'] && fields.all(f, f != 'name' || hour in [9, 10, 11])"
            + " && (weekday < 6 || 100 / (hour - 12) > 10)";
    Policy one = compiled(source);
    Policy other = compiled(source);
    Random random = new Random(7);
    int permitted = 0;
    int errors = 0;
    for (int i = 0; i < 10_000; i++) {
      PolicyInput input = input(random);
      Verdict verdict = one.decide(input);
      assertThat(other.decide(input)).isEqualTo(verdict);
      assertThat(one.decide(input)).isEqualTo(verdict);
      permitted += verdict.permit() ? 1 : 0;
      errors += verdict.error().isEmpty() ? 0 : 1;
    }
    assertThat(permitted).isBetween(1, 9_999);
    assertThat(errors).isPositive();
  }

  private static PolicyInput input(Random random) {
    List<String> fields = new ArrayList<>();
    for (String name : List.of("name", "number", "place")) {
      if (random.nextBoolean()) {
        fields.add(name);
      }
    }
    List<String> roles = List.of("clerk", "leader", "visitor");
    return PolicyInput.of(
        "transport",
        roles.get(random.nextInt(roles.size())),
        "licence-renewal",
        "accepted",
        "annual check",
        "person",
        fields,
        MONDAY_MORNING.plusSeconds(random.nextInt(1_000_000)));
  }

  @Test
  void input_hashed_dependsOnEveryFact() {
    assertThat(MORNING.canonical())
        .isEqualTo(
            "{\"at\":1772414127,\"consumer\":\"transport\",\"fields\":[\"number\",\"place\"],"
                + "\"hour\":9,\"matter\":\"licence-renewal\",\"purpose\":\"annual check\","
                + "\"role\":\"clerk\",\"state\":\"accepted\",\"subject_kind\":\"person\","
                + "\"weekday\":1}");
    assertThat(MORNING.hash()).hasSize(64);
    assertThat(PolicyInput.parse(MORNING.canonical())).isEqualTo(MORNING);
    assertThat(PolicyInput.parse(MORNING.canonical().replace("9", "8")).hash())
        .isNotEqualTo(MORNING.hash());
  }

  @Test
  void verdict_foundAgainFromItsRecord_isTheSame() throws PolicyException {
    Policy policy = compiled("role == 'clerk' && hour < 12");
    Verdict verdict = policy.decide(MORNING);
    assertThat(compiled(policy.source()).decide(PolicyInput.parse(MORNING.canonical())))
        .isEqualTo(verdict);
  }

  private static List<String> faults(String source, String... inputs) {
    List<govcloud.domain.sharing.Policy.Example> examples = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      examples.add(
          new govcloud.domain.sharing.Policy.Example("example " + i, inputs[i], i % 2 == 0));
    }
    AgreementTerms terms =
        SharingSamples.with(
            false,
            Optional.of(new govcloud.domain.sharing.Policy(source, examples)),
            Instant.parse("2027-03-02T00:00:00Z"));
    return new PolicyExamples()
        .faults(terms, SharingSamples.VIOLATIONS).stream().map(Refusal::message).toList();
  }

  @Test
  void termsOfTheTrafficPolice_checked_mayTakeEffect() {
    assertThat(new PolicyExamples().faults(SharingSamples.TERMS, SharingSamples.VIOLATIONS))
        .isEmpty();
  }

  @Test
  void examples_checked_areLocatedWhereTheyFail() {
    String clerk = "{\"role\":\"clerk\"}";
    assertThat(faults("role == 'clerk'", clerk, "{\"role\":\"visitor\"}")).isEmpty();
    assertThat(faults("role == 'clerk'", clerk, clerk))
        .containsExactly("/policy/examples/1: example 1: permitted (expected: denied)");
    assertThat(faults("fields[9] == ''", clerk, clerk))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("/policy/examples/0: example 0: denied by error, ");
    assertThat(faults("rol == 'clerk'", clerk, clerk))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("/policy/source: at 1:1: undeclared reference to 'rol'");
    assertThat(faults("role == ''", "{\"rolle\":\"clerk\"}", "{\"hour\":\"nine\"}"))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("/policy/examples/0/input: input: rolle (expected:"),
            two ->
                assertThat(two)
                    .isEqualTo("/policy/examples/1/input: input: hour (expected: a whole number)"));
  }

  @Test
  void rowFilter_overItems_isTypedAndDeniesWhatItCannotRead() throws Exception {
    RowFilter filter =
        RowFilter.compile("points > 0 && plate.startsWith('浙')", SharingSamples.VIOLATIONS);
    ObjectMapper json = new ObjectMapper();
    assertThat(filter.passes(json.readTree("{\"plate\":\"浙A1\",\"points\":3}"))).isTrue();
    assertThat(filter.passes(json.readTree("{\"plate\":\"浙A1\",\"points\":0}"))).isFalse();
    assertThat(filter.passes(json.readTree("{\"plate\":\"浙A1\"}"))).isFalse();
    assertThat(filter.passes(json.readTree("{\"plate\":1,\"points\":\"3\"}"))).isFalse();
    // 2^64 + 3: not a number that may be taken for 3.
    assertThat(filter.passes(json.readTree("{\"plate\":\"浙A1\",\"points\":18446744073709551619}")))
        .isFalse();
    assertThatThrownBy(() -> RowFilter.compile("points == '3'", SharingSamples.VIOLATIONS))
        .hasMessageStartingWith("at 1:8: ");
  }
}
