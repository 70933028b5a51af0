package govcloud.replication.shipping;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings blobs to the sibling. Remembers nothing: what the sibling has, it is asked, branch by
 * branch, so it does not matter who was killed when, or what the sibling lost. Blocks; for several
 * threads.
 */
public final class BlobShipper {
  private final BlobStore store;
  private final BlobLink link;

  /** From the cloud's own blobs to the sibling. */
  public BlobShipper(BlobStore store, BlobLink link) {
    this.store = store;
    this.link = link;
  }

  /**
   * Delivers all that the sibling lacks; one that it does not take does not stop the others.
   *
   * @return how many were delivered
   * @throws LinkException when the sibling did not answer: try again later
   * @throws RefusedException at the end, when the sibling did not take one
   */
  public long sweep() throws ArchiveStoreException, LinkException, RefusedException {
    long delivered = 0;
    RefusedException refused = null;
    for (int branch = 0; branch < BlobStore.BRANCHES; branch++) {
      List<StoredBlob> here = new ArrayList<>();
      store.list(branch, here::add);
      if (!here.isEmpty()) {
        Set<BlobAddress> there = link.has(branch);
        for (StoredBlob blob : here) {
          if (!there.contains(blob.address())) {
            try {
              deliver(blob);
              delivered++;
            } catch (RefusedException e) {
              refused = e;
            }
          }
        }
      }
    }
    if (refused != null) {
      throw refused;
    }
    return delivered;
  }

  /** Delivers one that is here. */
  public void deliver(StoredBlob blob) throws LinkException, RefusedException {
    link.deliver(blob.address(), BlobSource.of(store, blob));
  }
}
