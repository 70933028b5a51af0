package govcloud.replication.blob;

import govcloud.replication.archive.ArchiveStoreException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob, as often as a store asks for them. */
public interface BlobSource {

  /** How many there are. */
  long length();

  /** All of them from the beginning; the caller closes the stream. */
  InputStream open() throws IOException;

  /** A blob that is in a store. */
  static BlobSource of(BlobStore store, StoredBlob blob) {
    return new BlobSource() {
      @Override
      public long length() {
        return blob.length();
      }

      @Override
      public InputStream open() throws IOException {
        try {
          return store
              .read(blob.address(), 0, blob.length())
              .orElseThrow(() -> new IOException(blob.address().name() + ": gone"));
        } catch (ArchiveStoreException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    };
  }
}
