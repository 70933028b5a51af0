package govcloud.exchange.policy;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.exchange.policy.WhatIf.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WhatIfTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private static Recorded call(int number, String role, long hour, boolean permitted) {
    var input =
        PolicyInput.parse("{\"role\":\"%s\",\"hour\":%d}".formatted(role, hour)).canonical();
    return new Recorded("x-" + number, NOON.minusSeconds(number), input, permitted);
  }

  private static WhatIf of(String source, List<Recorded> calls) throws PolicyException {
    return WhatIf.of(new PolicyCompiler().compile(source), calls);
  }

  @Test
  void proposedPolicy_askedAboutRecordedCalls_tellsWhatChanges() throws Exception {
    var calls =
        List.of(
            call(1, "clerk", 10, true),
            call(2, "clerk", 22, true),
            call(3, "head", 10, false),
            new Recorded("x-4", NOON, "", false));
    var same = of("role == 'clerk'", calls);
    assertThat(same.asked()).isEqualTo(3);
    assertThat(same.notAsked()).isEqualTo(1);
    assertThat(same.examples()).isEmpty();
    var narrower = of("hour < 20", calls);
    assertThat(narrower.nowDenied()).isEqualTo(1);
    assertThat(narrower.nowPermitted()).isEqualTo(1);
    assertThat(narrower.examples().stream().map(one -> one.call().id() + one.permitted()))
        .containsExactly("x-2false", "x-3true");
  }

  @Test
  void policyThatFails_deniesAndIsCounted_andExamplesAreFew() throws Exception {
    var calls =
        Stream.concat(
                IntStream.range(0, 30).mapToObj(i -> call(i, "clerk", 10, true)),
                Stream.of(call(30, "head", 10, false)))
            .toList();
    var failing = of("10 / (hour - 10) > 0", calls);
    assertThat(failing.failed()).isEqualTo(31);
    assertThat(failing.nowDenied()).isEqualTo(30);
    assertThat(failing.examples()).hasSize(WhatIf.EXAMPLES);
    assertThat(failing.examples().get(0).error()).isNotEmpty();
  }
}
