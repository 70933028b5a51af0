package govcloud.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many histories: {@code -Dreplication.simulation.seeds=100000} plays more, {@code
 * -Dreplication.simulation.first=20000} begins elsewhere, {@code -Dreplication.simulation.seed=592}
 * plays one and prints how it ends.
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
    long seeds = single != null ? 1 : Long.getLong(PREFIX + "seeds", 1_000);
    Campaign campaign = new Campaign(first, seeds);
    campaign.run();
    System.out.println(campaign.total());
    assertThat(campaign.violations()).isEmpty();
    if (seeds >= 500) {
      assertThat(campaign.total().missing()).as("faults that never happened").isEmpty();
    }
  }
}
