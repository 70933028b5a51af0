package govcloud.replication.shipping;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Brings blobs to the sibling. Remembers nothing for good: what the sibling has, it is asked,
 * branch by branch, so it does not matter who was killed when, or what the sibling lost. Blocks;
 * for several threads.
 */
public final class BlobShipper {
  private final BlobStore store;
  private final BlobLink link;
  private final BlobBacklog backlog;
  private final Duration grace;
  private final InstantSource clock;

  /**
   * From the cloud's own blobs to the sibling.
   *
   * @param backlog is told what the sibling lacks
   * @param grace for so long a blob is left to whoever took it in; zero: it may be brought twice
   */
  public BlobShipper(
      BlobStore store, BlobLink link, BlobBacklog backlog, Duration grace, InstantSource clock) {
    this.store = store;
    this.link = link;
    this.backlog = backlog;
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Delivers all that the sibling lacks; one that it does not take does not stop the others.
   *
   * @return how many were delivered
   * @throws LinkException when the sibling did not answer: try again later
   * @throws RefusedException at the end, when the sibling did not take one
   */
  public long sweep() throws ArchiveStoreException, LinkException, RefusedException {
    for (int branch = 0; branch < BlobStore.BRANCHES; branch++) {
      look(branch);
    }
    return deliverMissing();
  }

  /** The same for what is known to be missing. */
  public long sweepMissing() throws ArchiveStoreException, LinkException, RefusedException {
    BitSet branches = backlog.branches();
    for (int branch = branches.nextSetBit(0);
        branch >= 0;
        branch = branches.nextSetBit(branch + 1)) {
      look(branch);
    }
    return deliverMissing();
  }

  private void look(int branch) throws ArchiveStoreException, LinkException, RefusedException {
    long before = backlog.news();
    List<StoredBlob> lacking = new ArrayList<>();
    store.list(branch, lacking::add);
    if (!lacking.isEmpty()) {
      Set<BlobAddress> there = link.has(branch);
      lacking.removeIf(blob -> there.contains(blob.address()));
    }
    backlog.branch(branch, lacking, before, clock.millis());
  }

  private long deliverMissing() throws LinkException, RefusedException {
    long delivered = 0;
    RefusedException refused = null;
    for (StoredBlob blob : backlog.toBring(clock.millis() - grace.toMillis())) {
      try {
        if (deliver(blob)) {
          backlog.arrived(blob.address());
        }
        delivered++;
      } catch (RefusedException e) {
        refused = e;
      }
    }
    if (refused != null) {
      throw refused;
    }
    return delivered;
  }

  /**
   * Delivers one that is here.
   *
   * @return whether the sibling has it now; otherwise it is on its way
   */
  public boolean deliver(StoredBlob blob) throws LinkException, RefusedException {
    return link.deliver(blob.address(), BlobSource.of(store, blob));
  }
}
