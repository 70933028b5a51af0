package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardCompilerTest {

  private static final Set<String> ACTIONS = Set.of("accept", "grant");

  private static final Map<String, Object> SEEN =
      Map.of(
          "form",
          Map.of("amount", 10L, "items", List.of(Map.of("need", true))),
          "action_form",
          Map.of("days", 11L),
          "state",
          "review",
          "role",
          "clerk",
          "person",
          "li",
          "applicant",
          Map.of("name", "wang"),
          "opened_by",
          "zhao",
          "own_actions",
          List.of("accept"),
          "cloud_kind",
          "intranet");

  private final GuardCompiler compiler = new GuardCompiler("extranet");

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          form.amount <= 10                                  @ true
          form.amount <= 9.5                                 @ false
          action_form.days > form.amount                     @ true
          state == "review" && role == "clerk"               @ true
          person != applicant.name                           @ true
          cloud_kind == "intranet"                           @ false
          !has(form.note) || form.note == "x"                @ true
          form.items.all(item, item.need)                    @ true
          size(form.items) > 1                               @ false
          person != opened_by                                @ true
          acted("accept")                                    @ true
          !acted("grant")                                    @ true
          "accept" in own_actions                            @ true
          """)
  void goodExpression_test_givesItsValue(String expression, boolean expected) throws Exception {
    var verdict = compiler.compile(expression, ACTIONS).test(SEEN);
    assertThat(verdict.error()).isEmpty();
    assertThat(verdict.allowed()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          form.amount <=            @ at 1:15: mismatched input
          amount <= 10              @ at 1:1: undeclared reference to 'amount'
          role                      @ type string (expected: bool)
          form.amount               @ type dyn (expected: bool)
          role.startsWith(3)        @ at 1:16: found no matching overload for 'startsWith'
          state.foo == 1            @ at 1:6: type 'string' does not support field selection
          !acted("acept")           @ action acept (expected: the name of an action of the app)
          "x" in own_actions        @ action x (expected: the name of an action of the app)
          acted(role)               @ action computed (expected: the name of an action of the app)
          acted(1)                  @ at 1:6: found no matching overload for '@in'
          """)
  void badExpression_compile_saysWhereAndWhy(String expression, String reason) {
    assertThatThrownBy(() -> compiler.compile(expression, ACTIONS)).hasMessageStartingWith(reason);
  }

  @Test
  void hugeExpression_compile_refused() {
    assertThatThrownBy(() -> compiler.compile("state == '" + "x".repeat(1_000) + "'", ACTIONS))
        .hasMessageContaining("limit 1000");
    assertThatThrownBy(() -> compiler.compile("(".repeat(200) + "true" + ")".repeat(200), ACTIONS))
        .hasMessageContaining("recursion limit");
    assertThatThrownBy(() -> compiler.compile("true" + " || role == ''".repeat(70), ACTIONS))
        .hasMessageContaining("nodes (expected: <= 200)");
  }

  @Test
  void nestedLoops_test_stopAtTheBudget() {
    var guard = "form.l.all(a, form.l.all(b, form.l.all(c, form.l.all(d, d == 1))))";
    assertStops(guard, Map.of("form", Map.of("l", Collections.nCopies(1_000, 1L))));
  }

  @Test
  void explosivePattern_test_stopsInLinearTime() throws Exception {
    var verdict =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                compiler
                    .compile("person.matches('(a+)+$')", ACTIONS)
                    .test(Map.of("person", "a".repeat(10_000) + "!")));
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.error()).isEmpty();
    assertStops("person.matches('(a{1000}){1000}')", Map.of("person", "a"));
  }

  @Test
  void missingMember_test_isRefusedWithReason() throws Exception {
    var verdict = compiler.compile("form.amount <= 10", ACTIONS).test(Map.of());
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.error())
        .startsWith("guard form.amount <= 10: ")
        .contains("key 'amount' is not present");
  }

  @Test
  void wrongTypeOrDivision_test_isRefusedWithReason() throws Exception {
    assertThat(
            compiler
                .compile("form.x.startsWith('a')", ACTIONS)
                .test(Map.of("form", Map.of("x", 1L))))
        .satisfies(verdict -> assertThat(verdict.error()).isNotEmpty())
        .satisfies(verdict -> assertThat(verdict.allowed()).isFalse());
    assertThat(compiler.compile("1 / 0 == 1", ACTIONS).test(Map.of()).error())
        .contains("/ by zero");
  }

  private void assertStops(String expression, Map<String, Object> variables) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          var verdict = compiler.compile(expression, ACTIONS).test(variables);
          assertThat(verdict.allowed()).isFalse();
          assertThat(verdict.error()).isNotEmpty();
        });
  }
}
