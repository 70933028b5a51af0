package govcloud.node.replication;

import govcloud.node.replication.ReplicationMessage.Arrived;
import govcloud.node.replication.ReplicationMessage.Leaves;
import govcloud.node.replication.ReplicationMessage.Undelivered;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.shipping.BlobShipper;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** Brings each attachment to the sibling at once, from the node that took it in. */
final class BlobShipping implements BlobStore {
  private final BlobStore store;
  private final BlobShipper shipper;
  private final ReplicationThreads threads;
  private final ActorRef<Object> sweeper;

  /**
   * The cloud's blobs; those kept through here are shipped.
   *
   * @param sweeper hears of each what becomes of it
   */
  BlobShipping(
      BlobStore store, BlobShipper shipper, ReplicationThreads threads, ActorRef<Object> sweeper) {
    this.store = store;
    this.shipper = shipper;
    this.threads = threads;
    this.sweeper = sweeper;
  }

  @Override
  public Stored put(BlobAddress address, BlobSource source) throws ArchiveStoreException {
    Stored stored = store.put(address, source);
    StoredBlob blob = new StoredBlob(address, source.length());
    sweeper.tell(new Leaves(address.text(), blob.length()));
    var unused =
        threads
            .run(false, () -> shipper.deliver(blob))
            .whenComplete(
                (there, failure) -> {
                  if (failure != null) {
                    sweeper.tell(new Undelivered());
                  } else if (there) {
                    sweeper.tell(new Arrived(address.text()));
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
