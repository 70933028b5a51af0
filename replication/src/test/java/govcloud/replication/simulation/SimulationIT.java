package govcloud.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many histories: {@code -Dreplication.simulation.seeds=100000} plays more, {@code
 * -Dreplication.simulation.first=20000} begins elsewhere, {@code -Dreplication.simulation.seed=592}
 * plays one and prints how it ends. Each run prints a report.
 */
@Tag("slow")
class SimulationIT {
  private static final String PREFIX = "replication.simulation.";

  @Test
  void manyHistories_underEveryFault_keepEveryPromise() {
    Long single = Long.getLong(PREFIX + "seed");
    if (single != null) {
      System.out.println(Simulation.replay(single));
    }
    long first = single != null ? single : Long.getLong(PREFIX + "first", 0);
    long seeds = single != null ? 1 : Long.getLong(PREFIX + "seeds", 1_200);
    Campaign campaign = new Campaign(first, seeds);
    long began = System.nanoTime();
    campaign.run();
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    System.out.printf(
        Locale.ROOT,
        "seeds %d to %d: %d violations, %d s%n%s%n",
        first,
        first + seeds - 1,
        campaign.violations().size(),
        seconds,
        campaign.total());
    assertThat(campaign.violations()).isEmpty();
    if (seeds >= 500) {
      assertThat(campaign.total().missing()).as("faults that never happened").isEmpty();
      assertThat(campaign.total().cuts()).isGreaterThan(seeds);
      assertThat(campaign.total().promises()).isGreaterThan(seeds / 10);
    }
  }
}
