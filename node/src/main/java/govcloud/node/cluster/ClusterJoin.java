package govcloud.node.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;

/** Makes this node a member. */
public final class ClusterJoin {

  private ClusterJoin() {}

  /**
   * Begins to join.
   *
   * @return completes when the node is up; fails when it is not within the join time-out
   */
  public static CompletionStage<Done> join(ActorSystem<?> system, ClusterSettings settings) {
    var cluster = Cluster.get(system);
    var up = new CompletableFuture<Done>();
    cluster.registerOnMemberUp(() -> up.complete(Done.getInstance()));
    if (settings.join() == ClusterSettings.Join.LOCAL) {
      cluster.joinSeedNodes(seeds(cluster.selfAddress(), settings.seedNodes()));
    } else {
      ClusterBootstrap.get(system).start();
    }
    return up.orTimeout(settings.joinTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static List<Address> seeds(Address self, List<String> seedNodes) {
    if (seedNodes.isEmpty()) {
      return List.of(self);
    }
    return seedNodes.stream().map(seed -> address(self, seed)).toList();
  }

  private static Address address(Address self, String seed) {
    var colon = seed.lastIndexOf(':');
    return new Address(
        self.protocol(),
        self.system(),
        seed.substring(0, colon),
        Integer.parseInt(seed.substring(colon + 1)));
  }
}
