package govcloud.journal.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check that cannot fail is none: mistakes in the sources, each found within 1,000 histories. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class SeededBugsIT {

  private static final int HISTORIES = 1_000;

  static Stream<SeededBug> bugs() {
    return Stream.of(WritingBugs.all(), ReadingBugs.all(), ClosingBugs.all(), AnswerBugs.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void seededBug_isFound(SeededBug bug) {
    LongFunction<String> simulation = PatchedCore.simulation(bug);
    String violation = "";
    for (int seed = 0; seed < HISTORIES && violation.isEmpty(); seed++) {
      violation = simulation.apply(seed);
    }
    assertThat(violation).as("violation of %s", bug).isNotEmpty();
  }

  /** The same way through compiler and class loader, with a change that changes nothing. */
  @Test
  void coreWithoutBug_isFoundSound() {
    SeededBug none =
        SeededBug.of("none", "LogEnd", "return next; }", "return 0 + next; }")
            .and("Tables", "return watermark; }", "return 0 + watermark; }");
    LongFunction<String> simulation = PatchedCore.simulation(none);
    for (int seed = 0; seed < HISTORIES; seed++) {
      assertThat(simulation.apply(seed)).as("seed %s", seed).isEmpty();
    }
    assertThat(simulation).isNotInstanceOf(Simulation.class);
  }

  @Test
  void bugs_areMany_andEachHasItsName() {
    List<String> names = bugs().map(SeededBug::name).distinct().toList();
    assertThat(names).hasSameSizeAs(bugs().toList()).hasSizeGreaterThan(20);
  }

  @Test
  void patchThatNoLongerFits_isAnError() {
    SeededBug rotten = SeededBug.of("rotten", "LogEnd", "not in the source", "anything");
    assertThatThrownBy(() -> PatchedCore.simulation(rotten))
        .hasMessage("LogEnd: not in the source: 0 times (expected: once)");
  }
}
