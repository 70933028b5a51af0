package govcloud.replication.store;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.statement.ReplicaHash;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The bytes of a blob on their way into a store: fails instead of ending, or of giving its last
 * bytes, if they are not those of the address. So no store can take others for whole.
 */
final class AddressedStream extends FilterInputStream {
  /** Bytes that are read at a time. */
  static final int BUFFER = 64 << 10;

  private final BlobAddress address;
  private final MessageDigest digest = ReplicaHash.sha256();
  private long left;

  AddressedStream(InputStream in, BlobAddress address, long length) {
    super(in);
    this.address = address;
    this.left = length;
  }

  /** Reads a stream to its end, which fails if the bytes are not those of the address. */
  static void check(InputStream in, BlobAddress address, long length) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (AddressedStream bytes = new AddressedStream(in, address, length)) {
      while (bytes.read(buffer) >= 0) {
        // Only the check counts.
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int found = in.read(into, from, (int) Math.min(length, Math.max(1, left)));
    if (found < 0) {
      require(left == 0);
      return -1;
    }
    digest.update(into, from, found);
    boolean before = left > 0;
    left -= found;
    if (before && left == 0) {
      require(ByteString.copyFrom(digest.digest()).equals(address.hash()));
    }
    require(left >= 0);
    return found;
  }

  private void require(boolean holds) throws WrongException {
    if (!holds) {
      throw new WrongException(address);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** These are not the bytes of the address. */
  static final class WrongException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongException(BlobAddress address) {
      super(address.text());
    }

    /** As a store tells it. */
    ArchiveStoreException told() {
      return new ArchiveStoreException(ArchiveDefect.ARCHIVE_ADDRESS_WRONG, getMessage());
    }
  }
}
