package govcloud.replication.shipping;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** Brings attachments to a receiver in this process, over a line that breaks after some. */
final class LocalBlobLink implements BlobLink {
  private final BlobReceiver receiver;
  private int breaksAfter = Integer.MAX_VALUE;
  private int delivered;

  LocalBlobLink(BlobReceiver receiver) {
    this.receiver = receiver;
  }

  /** Lets so many through from now on. */
  void breakAfter(int more) {
    breaksAfter = delivered + more;
  }

  /** How many have arrived. */
  int delivered() {
    return delivered;
  }

  @Override
  public Set<BlobAddress> has(int branch) throws LinkException {
    try {
      return BlobReceiver.addresses(receiver.has(branch));
    } catch (ArchiveStoreException e) {
      throw new LinkException("no store", e);
    }
  }

  @Override
  public boolean deliver(BlobAddress address, BlobSource blob)
      throws LinkException, RefusedException {
    if (delivered >= breaksAfter) {
      throw new LinkException("broken", null);
    }
    try (InputStream in = blob.open()) {
      receiver.take(address, blob.length(), in);
      delivered++;
      return true;
    } catch (DamagedReplicaException e) {
      throw new RefusedException(e.finding().defect().name(), e.getMessage());
    } catch (ArchiveStoreException | IOException e) {
      throw new LinkException("no store", e);
    }
  }
}
