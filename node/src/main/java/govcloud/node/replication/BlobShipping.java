package govcloud.node.replication;

import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.shipping.BlobShipper;
import govcloud.replication.shipping.LinkException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings attachments to the sibling: each at once from the node that took it in, and now and then
 * all that the sibling lacks, whatever the reason.
 */
final class BlobShipping implements BlobStore {
  private static final Logger LOG = LoggerFactory.getLogger(BlobShipping.class);

  private record Sweep() {}

  private record Swept(long delivered, Throwable failure) {}

  private final BlobStore store;
  private final BlobShipper shipper;
  private final ReplicationThreads threads;
  private final ActorRef<Object> sweeper;

  /**
   * The cloud's blobs; those kept through here are shipped.
   *
   * @param sweeper hears when one could not be shipped
   */
  BlobShipping(
      BlobStore store, BlobShipper shipper, ReplicationThreads threads, ActorRef<Object> sweeper) {
    this.store = store;
    this.shipper = shipper;
    this.threads = threads;
    this.sweeper = sweeper;
  }

  /** What makes the sweeper look at once. */
  static Object sweep() {
    return new Sweep();
  }

  /**
   * Delivers what the sibling lacks; one in the whole cloud.
   *
   * @param interval between two sweeps
   * @param pause before the next one where the sibling did not answer
   */
  static Behavior<Object> sweeper(
      BlobShipper shipper, ReplicationThreads threads, Duration interval, Duration pause) {
    return Behaviors.withTimers(
        timers -> {
          timers.startSingleTimer(new Sweep(), pause);
          return waiting(shipper, threads, interval, pause, timers);
        });
  }

  private static Behavior<Object> waiting(
      BlobShipper shipper,
      ReplicationThreads threads,
      Duration interval,
      Duration pause,
      TimerScheduler<Object> timers) {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Object.class)
                .onMessage(
                    Sweep.class,
                    sweep -> {
                      timers.cancelAll();
                      context.pipeToSelf(
                          threads.run(false, shipper::sweep),
                          (delivered, failure) ->
                              new Swept(delivered == null ? 0 : delivered, failure));
                      return Behaviors.same();
                    })
                .onMessage(
                    Swept.class,
                    swept -> {
                      tell(swept);
                      timers.startSingleTimer(
                          new Sweep(), swept.failure() == null ? interval : pause);
                      return Behaviors.same();
                    })
                .build());
  }

  private static void tell(Swept swept) {
    if (swept.failure() == null) {
      if (swept.delivered() > 0) {
        LOG.info("attachments: {} brought to the sibling", swept.delivered());
      }
    } else if (!(ReplicationThreads.cause(swept.failure()) instanceof LinkException)) {
      LOG.warn("attachments: {}", swept.failure().toString());
    }
  }

  @Override
  public Stored put(BlobAddress address, BlobSource source) throws ArchiveStoreException {
    Stored stored = store.put(address, source);
    StoredBlob blob = new StoredBlob(address, source.length());
    var unused =
        threads
            .run(
                false,
                () -> {
                  shipper.deliver(blob);
                  return true;
                })
            .whenComplete(
                (delivered, failure) -> {
                  if (failure != null) {
                    sweeper.tell(new Sweep());
                  }
                });
    return stored;
  }

  @Override
  public OptionalLong length(BlobAddress address) throws ArchiveStoreException {
    return store.length(address);
  }

  @Override
  public Optional<InputStream> read(BlobAddress address, long from, long to)
      throws ArchiveStoreException {
    return store.read(address, from, to);
  }

  @Override
  public void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException {
    store.list(branch, each);
  }
}
