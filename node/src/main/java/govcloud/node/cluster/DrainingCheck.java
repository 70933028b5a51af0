package govcloud.node.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.CoordinatedShutdown;

/** Readiness: the node is not on its way out. Named in base.conf and made by Pekko Management. */
public final class DrainingCheck implements Supplier<CompletionStage<Boolean>> {

  private final ActorSystem system;

  public DrainingCheck(ActorSystem system) {
    this.system = system;
  }

  @Override
  public CompletionStage<Boolean> get() {
    return CompletableFuture.completedStage(
        CoordinatedShutdown.get(system).getShutdownReason().isEmpty());
  }
}
