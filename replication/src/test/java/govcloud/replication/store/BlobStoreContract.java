package govcloud.replication.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.statement.ReplicaHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of blobs does. */
public abstract class BlobStoreContract {
  private static final int LENGTH = 200_000;

  /** An empty store. */
  protected abstract BlobStore store() throws Exception;

  protected static byte[] bytes(int seed) {
    byte[] bytes = new byte[LENGTH + seed];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  protected static BlobAddress address(byte[] bytes) {
    return new BlobAddress(ReplicaHash.of(bytes, 0, bytes.length));
  }

  protected static BlobSource source(byte[] bytes) {
    return source(bytes.length, bytes);
  }

  private static BlobSource source(long length, byte[] bytes) {
    return new BlobSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private static void assertDefect(ArchiveDefect defect, BlobStore store, byte[] as, BlobSource is)
      throws Exception {
    assertThatThrownBy(() -> store.put(address(as), is))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    assertThat(store.length(address(as))).isEmpty();
  }

  private static byte[] read(BlobStore store, BlobAddress address, long from, long to)
      throws Exception {
    try (InputStream in = store.read(address, from, to).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void blob_put_isReadWholeAndInRuns() throws Exception {
    BlobStore store = store();
    byte[] bytes = bytes(1);
    BlobAddress address = address(bytes);
    assertThat(store.put(address, source(bytes))).isEqualTo(Stored.NEW);
    assertThat(store.length(address)).hasValue(bytes.length);
    assertThat(read(store, address, 0, bytes.length)).isEqualTo(bytes);
    assertThat(read(store, address, 70_000, 70_003))
        .containsExactly(bytes[70_000], bytes[70_001], bytes[70_002]);
    assertThat(read(store, address, bytes.length - 1, bytes.length + 9L))
        .containsExactly(bytes[bytes.length - 1]);
  }

  @Test
  void absentBlob_isNowhere() throws Exception {
    BlobStore store = store();
    BlobAddress address = address(bytes(1));
    assertThat(store.length(address)).isEmpty();
    assertThat(store.read(address, 0, 1)).isEmpty();
  }

  @Test
  void sameBlob_putAgain_isAlreadyThere() throws Exception {
    BlobStore store = store();
    byte[] bytes = bytes(1);
    store.put(address(bytes), source(bytes));
    assertThat(store.put(address(bytes), source(bytes))).isEqualTo(Stored.ALREADY_THERE);
  }

  @Test
  void otherBytes_put_areRefusedAndNotKept() throws Exception {
    BlobStore store = store();
    byte[] bytes = bytes(1);
    byte[] changed = bytes.clone();
    changed[0] ^= 1;
    assertDefect(ArchiveDefect.ARCHIVE_ADDRESS_WRONG, store, bytes, source(changed));
    byte[] less = java.util.Arrays.copyOf(bytes, bytes.length - 1);
    assertDefect(ArchiveDefect.ARCHIVE_ADDRESS_WRONG, store, bytes, source(bytes.length, less));
    byte[] more = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    assertDefect(ArchiveDefect.ARCHIVE_ADDRESS_WRONG, store, bytes, source(more));
  }

  @Test
  void sourceThatBreaks_put_isUnavailableAndNotKept() throws Exception {
    BlobStore store = store();
    byte[] bytes = bytes(1);
    BlobSource broken =
        new BlobSource() {
          @Override
          public long length() {
            return bytes.length;
          }

          @Override
          public InputStream open() {
            return new java.io.SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, 100_000), new Broken());
          }
        };
    assertDefect(ArchiveDefect.ARCHIVE_UNAVAILABLE, store, bytes, broken);
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      throw new IOException("broken");
    }
  }

  @Test
  void blobs_listed_ascendWithTheirLengths() throws Exception {
    BlobStore store = store();
    List<StoredBlob> expected = new ArrayList<>();
    for (int seed = 1; seed <= 9; seed++) {
      byte[] bytes = bytes(seed);
      store.put(address(bytes), source(bytes));
      expected.add(new StoredBlob(address(bytes), bytes.length));
    }
    List<StoredBlob> found = new ArrayList<>();
    store.list(found::add);
    expected.sort(java.util.Comparator.comparing(StoredBlob::address));
    assertThat(found).isEqualTo(expected);
  }
}
