package govcloud.node.cluster;

import govcloud.node.eventsourcing.EntitySharding;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.pattern.Patterns;

/**
 * Lets a node leave without a failed request: first its slices go to other nodes while it still
 * answers and forwards, then clients are told to close their connections, then it stops listening
 * and leaves the cluster. SIGTERM takes the same way.
 */
public final class NodeDrain {

  /** Shorter than the phase, so that a hand-over that hangs is told apart from one that is slow. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private NodeDrain() {}

  /** Why the node stops. */
  private static final class Drained implements CoordinatedShutdown.Reason {
    @Override
    public String toString() {
      return "drained by an operator";
    }
  }

  /** Puts the hand-over before everything else that happens at a shutdown. */
  public static void prepare(ActorSystem<?> system, ClusterSettings settings) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "hand-over",
            () -> handOver(system, settings.drainPause()));
  }

  /** Begins to drain this node; returns at once. */
  static void begin(ActorSystem<?> system) {
    var unused = CoordinatedShutdown.get(system).runAll(new Drained());
  }

  private static CompletionStage<Done> handOver(ActorSystem<?> system, Duration pause) {
    if (!othersAreUp(system)) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    var shutdown = CoordinatedShutdown.get(system);
    var phase = shutdown.timeout(CoordinatedShutdown.PhaseBeforeServiceUnbind()).toMillis();
    var region = ClusterSharding.get(system).shardRegion(EntitySharding.TYPE_NAME);
    return Patterns.gracefulStop(
            region,
            Duration.ofMillis(phase).minus(pause).minus(MARGIN),
            ShardRegion.gracefulShutdownInstance())
        .handle(
            (stopped, failure) -> {
              var log = system.log();
              if (failure == null) {
                log.info("handed over everything this node hosted");
              } else {
                log.warn("not everything was handed over in time: {}", failure.toString());
              }
              return Done.getInstance();
            })
        .thenCompose(done -> later(done, pause));
  }

  private static CompletionStage<Done> later(Done done, Duration pause) {
    return CompletableFuture.supplyAsync(
        () -> done, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static boolean othersAreUp(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    for (var member : cluster.state().getMembers()) {
      if (!member.equals(cluster.selfMember()) && member.status().equals(MemberStatus.up())) {
        return true;
      }
    }
    return false;
  }
}
