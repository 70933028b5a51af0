package govcloud.node.replication;

import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.ManifestMaker;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Lists new segments in manifests now and then, and brings the manifests to the sibling. */
final class ManifestKeeper {

  private record Look() {}

  private record Looked(Throwable failure) {}

  private ManifestKeeper() {}

  /**
   * The keeper; one in the whole cloud.
   *
   * @param shipper none where the cloud has no sibling
   */
  static Behavior<Object> create(
      ManifestMaker maker,
      Optional<FileShipper> shipper,
      ReplicationThreads threads,
      Duration interval) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(new Look(), interval);
                  return Behaviors.receive(Object.class)
                      .onMessage(
                          Look.class,
                          look -> {
                            context.pipeToSelf(
                                threads.run(false, () -> look(maker, shipper)),
                                (done, failure) -> new Looked(failure));
                            return Behaviors.same();
                          })
                      .onMessage(
                          Looked.class,
                          looked -> {
                            if (looked.failure() != null
                                && !(ReplicationThreads.cause(looked.failure())
                                    instanceof LinkException)) {
                              context.getLog().warn("manifests: {}", looked.failure().toString());
                            }
                            timers.startSingleTimer(new Look(), interval);
                            return Behaviors.same();
                          })
                      .build();
                }));
  }

  private static boolean look(ManifestMaker maker, Optional<FileShipper> shipper) throws Exception {
    boolean made = maker.make();
    if (shipper.isPresent()) {
      while (shipper.get().step().isPresent()) {
        made = true;
      }
    }
    return made;
  }
}
