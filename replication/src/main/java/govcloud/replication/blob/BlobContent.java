package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Content of a stored blob that can be opened. */
public final class BlobContent {
  /** Most bytes of a media type. */
  static final int LONGEST_TYPE = 255;

  private final BlobStore store;
  private final BlobAddress address;
  private final BlobHeader header;
  private final PartKey key;
  private final String mediaType;
  private final int contentAt;

  private BlobContent(
      BlobStore store, BlobAddress address, BlobHeader header, PartKey key, byte[] text) {
    this.store = store;
    this.address = address;
    this.header = header;
    this.key = key;
    int type = text[0] & LONGEST_TYPE;
    this.mediaType = new String(text, 1, type, StandardCharsets.US_ASCII);
    this.contentAt = 1 + type;
  }

  /**
   * Content whose first chunk is authentic.
   *
   * @param key not used by anybody else any more
   */
  static BlobContent open(
      BlobStore store, BlobAddress address, BlobBeginning beginning, PartKey key)
      throws DamagedReplicaException {
    BlobHeader header = beginning.header();
    ByteString check = header.check(beginning.bytes());
    if (!check.equals(key.check())) {
      throw damage(
          ReplicaDefect.REPLICA_KEY_WRONG, address, 0, header.bodyAt(), "header or key check");
    }
    byte[] text = new byte[PartKey.CHUNK];
    int length = header.chunkLength(0);
    boolean last = header.chunks() == 1;
    int sealed = length + PartKey.TAG;
    if (!key.open(0, last, beginning.bytes(), header.bodyAt(), sealed, text, 0)) {
      throw chunkDamaged(address, header, 0);
    }
    if (length < 1 + (text[0] & LONGEST_TYPE)) {
      throw damage(
          ReplicaDefect.REPLICA_CONTENT_WRONG,
          address,
          header.bodyAt(),
          header.blobLength(),
          "no media type");
    }
    return new BlobContent(store, address, header, key, text);
  }

  /** What it was declared to be. */
  public String mediaType() {
    return mediaType;
  }

  /** Bytes of content. */
  public long length() {
    return header.statement().getLength() - contentAt;
  }

  /**
   * A run of the content; nothing is read yet.
   *
   * @param from first byte
   * @param to byte behind the last one, at most {@link #length}
   */
  public Reading read(long from, long to) {
    if (from < 0 || from > to || to > length()) {
      throw new IllegalArgumentException(
          "range: " + from + " to " + to + " (expected: within 0 to " + length() + ")");
    }
    return new Reading(contentAt + from, contentAt + to);
  }

  private static DamagedReplicaException chunkDamaged(
      BlobAddress address, BlobHeader header, int chunk) {
    long at = header.chunkAt(chunk);
    return damage(
        ReplicaDefect.REPLICA_CHUNK_DAMAGED,
        address,
        at,
        at + header.chunkLength(chunk) + PartKey.TAG,
        "chunk " + chunk);
  }

  private static DamagedReplicaException damage(
      ReplicaDefect defect, BlobAddress address, long from, long to, String detail) {
    return new DamagedReplicaException(Finding.at(defect, address.name(), from, to, detail));
  }

  /** Content as it is read, in verified pieces. Not for several threads at the same time. */
  public final class Reading implements AutoCloseable {
    private final byte[] sealed = new byte[PartKey.CHUNK + PartKey.TAG];
    private final byte[] text = new byte[PartKey.CHUNK];
    private final long end;
    private long at;
    private InputStream in;

    private Reading(long from, long to) {
      this.at = from;
      this.end = to;
    }

    /**
     * The next piece, at most 64 KiB; empty at the end.
     *
     * @throws DamagedReplicaException when it is not authentic; nothing of it is released
     * @throws ArchiveStoreException when the store does not work
     */
    public Optional<byte[]> next() throws DamagedReplicaException, ArchiveStoreException {
      if (at == end) {
        return Optional.empty();
      }
      int chunk = (int) (at / PartKey.CHUNK);
      int length = header.chunkLength(chunk);
      fetch(chunk, length + PartKey.TAG);
      boolean last = chunk == header.chunks() - 1;
      if (!key.open(chunk, last, sealed, 0, length + PartKey.TAG, text, 0)) {
        throw chunkDamaged(address, header, chunk);
      }
      int from = (int) (at % PartKey.CHUNK);
      int to = (int) Math.min(length, end - (long) chunk * PartKey.CHUNK);
      at += to - from;
      return Optional.of(Arrays.copyOfRange(text, from, to));
    }

    private void fetch(int chunk, int length)
        throws DamagedReplicaException, ArchiveStoreException {
      long place = header.chunkAt(chunk);
      try {
        if (in == null) {
          in =
              store
                  .read(address, place, header.blobLength())
                  .orElseGet(InputStream::nullInputStream);
        }
        int read = in.readNBytes(sealed, 0, length);
        if (read < length) {
          throw damage(
              ReplicaDefect.REPLICA_TRUNCATED, address, place, place + length, "chunk " + chunk);
        }
      } catch (IOException e) {
        throw ArchiveStoreException.of(address.name(), e);
      }
    }

    @Override
    public void close() {
      key.close();
      Arrays.fill(text, (byte) 0);
      if (in != null) {
        try {
          in.close();
        } catch (IOException ignored) {
          // All that was wanted from it has been read.
        }
      }
    }
  }
}
