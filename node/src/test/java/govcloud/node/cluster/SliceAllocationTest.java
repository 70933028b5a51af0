package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.cluster.ClusterView.Unallocated;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceAllocationTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final SliceAllocation allocation = new SliceAllocation(3);

  @Test
  void sliceWithoutHost_seenAgainAndAgain_isMissingSinceTheFirstTime() {
    allocation.seen(Map.of(0, "a", 2, "b"), NOON);
    allocation.seen(Map.of(0, "a", 2, "b"), NOON.plusSeconds(59));
    assertThat(allocation.missing()).containsExactly(new Unallocated(1, NOON));
    assertThat(allocation.hostedBy("a")).containsExactly(0);
  }

  @Test
  void nobodyAnswers_allAreMissing_andAHostEndsIt() {
    allocation.seen(Map.of(0, "a", 1, "a", 2, "b"), NOON);
    allocation.seen(Map.of(), NOON.plusSeconds(1));
    allocation.seen(Map.of(0, "a"), NOON.plusSeconds(2));
    assertThat(allocation.missing())
        .containsExactly(
            new Unallocated(1, NOON.plusSeconds(1)), new Unallocated(2, NOON.plusSeconds(1)));
  }
}
