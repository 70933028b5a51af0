package govcloud.replication.blob;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes in the blobs of one other cloud, which this one cannot read: header, origin, length and
 * address are checked before one is kept. Blocks; for several threads.
 */
public final class BlobReceiver {
  private final BlobStore store;
  private final ReplicaTrust trust;

  /**
   * A receiver of one cloud's blobs.
   *
   * @param store archive of that cloud's files alone
   * @param trust names that cloud as origin
   */
  public BlobReceiver(BlobStore store, ReplicaTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /**
   * Takes in a blob. The same one again changes nothing.
   *
   * @param in its bytes, at most as many as said; the caller closes it
   * @throws DamagedReplicaException with the first defect; nothing is kept then
   * @throws ArchiveStoreException when it cannot be kept now
   */
  public Stored take(BlobAddress address, long length, InputStream in)
      throws DamagedReplicaException, ArchiveStoreException {
    try {
      byte[] begin = in.readNBytes((int) Math.min(BlobHeader.LONGEST, length));
      BlobHeader header = BlobHeader.read(address.name(), begin);
      header.requireTrusted(address.name(), trust);
      header.requireLength(address.name(), length);
      return store.put(address, source(begin, in, length));
    } catch (ArchiveStoreException e) {
      if (e.defect() == ArchiveDefect.ARCHIVE_ADDRESS_WRONG) {
        throw refused(ReplicaDefect.REPLICA_MISPLACED, address, e.getMessage());
      }
      if (e.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
        throw refused(ReplicaDefect.REPLICA_FORKED, address, "what is here is damaged");
      }
      throw e;
    } catch (IOException e) {
      throw ArchiveStoreException.of(address.name(), e);
    }
  }

  /** What a store asks for once; where it has the blob, it does not ask. */
  private static BlobSource source(byte[] begin, InputStream rest, long length) {
    return new BlobSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new SequenceInputStream(new ByteArrayInputStream(begin), rest);
      }
    };
  }

  /**
   * The addresses of the blobs of a branch, one behind the other, 32 bytes each.
   *
   * @param branch first byte of their addresses
   */
  public byte[] has(int branch) throws ArchiveStoreException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    store.list(branch, blob -> all.writeBytes(blob.address().hash().toByteArray()));
    return all.toByteArray();
  }

  /**
   * What {@link #has} says.
   *
   * @throws IllegalArgumentException when it is no run of addresses
   */
  public static Set<BlobAddress> addresses(byte[] all) {
    Set<BlobAddress> addresses = new TreeSet<>();
    for (ByteBuffer rest = ByteBuffer.wrap(all); rest.hasRemaining(); ) {
      byte[] hash = new byte[Math.min(rest.remaining(), 32)];
      rest.get(hash);
      addresses.add(new BlobAddress(com.google.protobuf.ByteString.copyFrom(hash)));
    }
    return addresses;
  }

  private static DamagedReplicaException refused(
      ReplicaDefect defect, BlobAddress address, String detail) {
    return new DamagedReplicaException(Finding.of(defect, address.name(), detail));
  }
}
