package govcloud.recovery.progress;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.recovery.plan.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EtaTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T01:00:00Z");

  /** Work whose speed changes slowly and at random, as that of a busy machine does. */
  private static final class Machine {
    private final Random random;
    private double mood;
    private double done;
    private long millis;

    Machine(long seed) {
      random = new Random(seed);
    }

    void step() {
      mood = 0.7 * mood + 0.25 * random.nextGaussian();
      done += 0.5 * Math.max(0.1, 1 + mood);
      millis += 500;
    }
  }

  @Test
  void band_holdsInEightOfTenRuns_andSaysSomething() {
    int held = 0;
    double widest = 0;
    int runs = 400;
    for (int seed = 0; seed < runs; seed++) {
      Machine machine = new Machine(seed);
      Eta eta = new Eta();
      double whole = 120;
      while (machine.done < 0.3 * whole) {
        eta.observe(BEGIN.plusMillis(machine.millis), machine.done);
        machine.step();
      }
      Estimate left = eta.left(whole - machine.done).orElseThrow();
      long from = machine.millis;
      while (machine.done < whole) {
        machine.step();
      }
      Duration took = Duration.ofMillis(machine.millis - from);
      held += took.compareTo(left.low()) >= 0 && took.compareTo(left.high()) <= 0 ? 1 : 0;
      widest = Math.max(widest, left.high().toMillis() / (double) left.low().toMillis());
    }
    assertThat(held).isGreaterThanOrEqualTo(8 * runs / 10);
    assertThat(widest).isLessThan(2.5);
  }

  @Test
  void band_narrowsWithWhatIsSeen() {
    Machine machine = new Machine(3);
    Eta eta = new Eta();
    assertThat(eta.left(1)).isEmpty();
    double early = 0;
    for (int i = 0; i < 200; i++) {
      eta.observe(BEGIN.plusMillis(machine.millis), machine.done);
      machine.step();
      if (i == 10) {
        early = width(eta.left(100).orElseThrow());
      }
    }
    assertThat(width(eta.left(100).orElseThrow())).isLessThan(early);
  }

  private static double width(Estimate left) {
    return left.high().toMillis() / (double) left.low().toMillis();
  }
}
