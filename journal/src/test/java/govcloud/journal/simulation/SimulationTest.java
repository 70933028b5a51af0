package govcloud.journal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A few hundred histories in the inner loop; {@link SimulationIT} plays the many. */
class SimulationTest {

  private static final int HISTORIES = 250;

  @Test
  void someHistories_keepEveryPromise() {
    Campaign campaign = new Campaign(0, HISTORIES);
    campaign.run();
    assertThat(campaign.violations()).isEmpty();
    assertThat(campaign.total().histories()).isEqualTo(HISTORIES);
    assertThat(campaign.total().acknowledged()).isGreaterThan(HISTORIES * 40L);
  }

  @Test
  void oneSeed_isOneHistory() {
    assertThat(Simulation.replay(7)).isEqualTo(Simulation.replay(7)).contains(" stores ");
    assertThat(Simulation.replay(7)).isNotEqualTo(Simulation.replay(8));
  }
}
