package govcloud.replication.link;

import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Takes in the blobs that a gateway puts into a folder, and drops lists of those that are here. A
 * blob stays in the inbox until the list that names it is dropped, so a crash at any point only
 * means that it is taken in again. Blocks; not for several threads, but several may work on one
 * folder.
 */
public final class FileDropBlobReceiver {
  private final DropFolder inbox;
  private final DropOutbox outbox;
  private final String origin;
  private final Intake intake;
  private final long interval;
  private final LongSupplier nanos;
  private final BitSet told = new BitSet(BlobStore.BRANCHES);
  private Optional<Long> toldAt = Optional.empty();

  /** What is done with a blob; as with one that comes by a request. */
  public interface Intake {
    /**
     * Keeps a blob for good.
     *
     * @param in its bytes; the caller closes it
     */
    void take(BlobAddress address, long length, InputStream in)
        throws DamagedReplicaException, ArchiveStoreException;

    /** The addresses of a branch, as {@link BlobReceiver#has} gives them. */
    byte[] has(int branch) throws ArchiveStoreException;
  }

  /**
   * A receiver.
   *
   * @param inbox into which the gateway puts
   * @param outbox from which the other gateway takes
   * @param origin the cloud whose blobs are taken in
   * @param receiver this cloud
   * @param interval how often everything that is here is told again: this cloud may have lost some
   * @param clock for the numbers in names
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  public FileDropBlobReceiver(
      DropFolder inbox,
      DropFolder outbox,
      String origin,
      String receiver,
      Intake intake,
      Duration interval,
      Clock clock,
      LongSupplier nanos) {
    this.inbox = inbox;
    this.outbox = new DropOutbox(outbox, receiver, clock, nanos);
    this.origin = origin;
    this.intake = intake;
    this.interval = interval.toNanos();
    this.nanos = nanos;
  }

  /**
   * Takes in everything that can be taken in now.
   *
   * @return how many blobs
   * @throws ArchiveStoreException when the archive does not work: try again later
   * @throws IOException when a folder does not work
   */
  public int run() throws IOException, ArchiveStoreException {
    List<DropBlobName> taken = new ArrayList<>();
    BitSet branches = new BitSet(BlobStore.BRANCHES);
    try {
      for (String text : inbox.list()) {
        Optional<DropBlobName> name =
            DropBlobName.parse(text).filter(one -> one.cloud().equals(origin) && !one.isList());
        if (name.isPresent() && take(name.get())) {
          taken.add(name.get());
          branches.set(name.get().branch());
        }
      }
    } finally {
      tell(branches);
      for (DropBlobName name : taken) {
        inbox.delete(name.text());
      }
    }
    tellAgain();
    return taken.size();
  }

  private boolean take(DropBlobName name) throws IOException, ArchiveStoreException {
    Optional<BlobSource> source = inbox.open(name.text());
    if (source.isEmpty()) {
      return false;
    }
    try (InputStream in = source.get().open()) {
      intake.take(name.address().orElseThrow(), source.get().length(), in);
      return true;
    } catch (DamagedReplicaException e) {
      inbox.setAside(name.text(), e.getMessage());
      return false;
    }
  }

  private void tell(BitSet branches) throws IOException, ArchiveStoreException {
    for (int branch = branches.nextSetBit(0);
        branch >= 0;
        branch = branches.nextSetBit(branch + 1)) {
      tell(branch, intake.has(branch));
    }
  }

  private void tell(int branch, byte[] here) throws IOException {
    outbox.drop(branch, UnsafeByteOperations.unsafeWrap(here));
    told.set(branch);
  }

  private void tellAgain() throws IOException, ArchiveStoreException {
    long now = nanos.getAsLong();
    if (toldAt.isPresent() && now - toldAt.get() < interval) {
      return;
    }
    for (int branch = 0; branch < BlobStore.BRANCHES; branch++) {
      byte[] here = intake.has(branch);
      if (here.length > 0 || told.get(branch)) {
        tell(branch, here);
      }
    }
    toldAt = Optional.of(now);
  }
}
