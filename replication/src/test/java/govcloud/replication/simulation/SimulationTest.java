package govcloud.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Some histories in the inner loop; {@link SimulationIT} plays the many. */
@Tag("slow")
class SimulationTest {
  private static final int HISTORIES = 100;

  @Test
  void someHistories_keepEveryPromise() {
    Campaign campaign = new Campaign(0, HISTORIES);
    campaign.run();
    assertThat(campaign.violations()).isEmpty();
    assertThat(campaign.total().histories()).isEqualTo(HISTORIES);
    assertThat(campaign.total().batches()).isGreaterThan(HISTORIES * 5L);
  }

  @Test
  void oneSeed_isOneHistory() {
    assertThat(Simulation.replay(7)).isEqualTo(Simulation.replay(7)).contains("archive has");
    assertThat(Simulation.replay(7)).isNotEqualTo(Simulation.replay(8));
  }
}
