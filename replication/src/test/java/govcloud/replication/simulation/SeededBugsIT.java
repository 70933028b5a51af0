package govcloud.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    return Stream.of(ShippingBugs.all(), ReceivingBugs.all(), DroppingBugs.all(), CutBugs.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void seededBug_isFound(SeededBug bug) {
    Player simulation = PatchedCore.simulation(bug);
    String violation = "";
    for (int seed = 0; seed < HISTORIES && violation.isEmpty(); seed++) {
      violation = simulation.play(seed);
    }
    assertThat(violation).as("violation of %s", bug).isNotEmpty();
  }

  @Test
  void bugs_areMany_andEachHasItsName() {
    List<String> names = bugs().map(SeededBug::name).distinct().toList();
    assertThat(names).hasSameSizeAs(bugs().toList()).hasSizeGreaterThan(10);
  }

  @Test
  void patchThatNoLongerFits_isAnError() {
    SeededBug rotten = SeededBug.of("rotten", "receiving.Receiver", "not in the source", "any");
    assertThatThrownBy(() -> PatchedCore.simulation(rotten))
        .hasMessage("receiving.Receiver: not in the source: 0 times (expected: once)");
  }
}
