package govcloud.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Some histories of sites that are given up; {@link SitesIT} plays the many. */
class SitesTest {
  private static final int HISTORIES = 60;

  @Tag("slow")
  @Test
  void someHistories_keepEveryPromise() {
    Player simulation = PatchedCore.simulation(SitesSimulation.class);
    for (int seed = 0; seed < HISTORIES; seed++) {
      assertThat(simulation.play(seed)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void oneSeed_isOneHistory() {
    assertThat(SitesSimulation.replay(7)).isEqualTo(SitesSimulation.replay(7));
    assertThat(SitesSimulation.replay(7)).isNotEqualTo(SitesSimulation.replay(8));
  }
}
