package govcloud.node.replication;

import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Attachments that are read no faster than is fair; nothing is written. */
final class PacedBlobs implements BlobStore {
  private final BlobStore store;
  private final Pace pace;

  PacedBlobs(BlobStore store, Pace pace) {
    this.store = store;
    this.pace = pace;
  }

  @Override
  public Stored put(BlobAddress address, BlobSource source) {
    throw new UnsupportedOperationException(address + ": only read here");
  }

  @Override
  public OptionalLong length(BlobAddress address) throws ArchiveStoreException {
    return store.length(address);
  }

  @Override
  public Optional<InputStream> read(BlobAddress address, long from, long to)
      throws ArchiveStoreException {
    return store.read(address, from, to).map(Paced::new);
  }

  @Override
  public void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException {
    store.list(branch, each);
  }

  private final class Paced extends FilterInputStream {
    Paced(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = in.read(into, from, length);
      try {
        pace.took(read);
      } catch (ArchiveStoreException e) {
        throw new IOException(e.getMessage(), e);
      }
      return read;
    }
  }
}
