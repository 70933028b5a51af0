package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.ReplicaHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Blobs in memory; a test may change what is in it. */
public final class MemoryBlobStore implements BlobStore {
  private final Map<BlobAddress, byte[]> blobs = new TreeMap<>();

  public MemoryBlobStore() {}

  /** A copy that can be changed; the blobs themselves are shared. */
  public MemoryBlobStore(MemoryBlobStore other) {
    blobs.putAll(other.blobs);
  }

  /** What is in it. */
  public Map<BlobAddress, byte[]> blobs() {
    return blobs;
  }

  /** Puts bytes under their own address. */
  public BlobAddress add(byte[] stored) {
    BlobAddress address = new BlobAddress(ReplicaHash.of(ByteString.copyFrom(stored)));
    blobs.put(address, stored);
    return address;
  }

  @Override
  public synchronized Stored put(BlobAddress address, BlobSource source)
      throws ArchiveStoreException {
    byte[] there = blobs.get(address);
    if (there != null) {
      return Stored.ALREADY_THERE;
    }
    try (InputStream in = source.open()) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != source.length()
          || !ReplicaHash.of(ByteString.copyFrom(bytes)).equals(address.hash())) {
        throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_ADDRESS_WRONG, address.name());
      }
      blobs.put(address, bytes);
      return Stored.NEW;
    } catch (IOException e) {
      throw ArchiveStoreException.of(address.name(), e);
    }
  }

  @Override
  public synchronized OptionalLong length(BlobAddress address) {
    byte[] there = blobs.get(address);
    return there == null ? OptionalLong.empty() : OptionalLong.of(there.length);
  }

  @Override
  public synchronized Optional<InputStream> read(BlobAddress address, long from, long to) {
    return Optional.ofNullable(blobs.get(address))
        .map(
            bytes ->
                new ByteArrayInputStream(
                    Arrays.copyOfRange(bytes, (int) from, (int) Math.min(to, bytes.length))));
  }

  @Override
  public synchronized void list(int branch, Consumer<StoredBlob> each) {
    blobs.forEach(
        (address, bytes) -> {
          if ((address.hash().byteAt(0) & 0xff) == branch) {
            each.accept(new StoredBlob(address, bytes.length));
          }
        });
  }

  @Override
  public synchronized void list(Consumer<StoredBlob> each) {
    blobs.forEach((address, bytes) -> each.accept(new StoredBlob(address, bytes.length)));
  }
}
