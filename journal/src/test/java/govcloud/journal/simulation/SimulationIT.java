package govcloud.journal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many histories: {@code -Dsimulation.seeds=1000000} plays a million, {@code
 * -Dsimulation.first=20000} begins elsewhere, {@code -Dsimulation.seed=592} plays one and prints
 * how it ends.
 */
@Tag("slow")
class SimulationIT {

  @Test
  void manyHistories_underEveryFault_keepEveryPromise() {
    Long single = Long.getLong("simulation.seed");
    if (single != null) {
      System.out.println(Simulation.replay(single));
    }
    long first = single != null ? single : Long.getLong("simulation.first", 0);
    long seeds = single != null ? 1 : Long.getLong("simulation.seeds", 20_000);
    Campaign campaign = new Campaign(first, seeds);
    campaign.run();
    System.out.println(campaign.total());
    assertThat(campaign.violations()).isEmpty();
    if (seeds >= 1_000) {
      assertThat(campaign.total().missing()).as("faults that never happened").isEmpty();
      assertThat(campaign.total().acknowledged()).isGreaterThan(seeds * 40);
    }
  }
}
