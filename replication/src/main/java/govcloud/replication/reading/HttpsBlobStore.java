package govcloud.replication.reading;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Attachments of a replica, read from the cloud that keeps them; of each, one piece is in memory.
 * {@link #put} throws {@link UnsupportedOperationException}.
 */
public final class HttpsBlobStore implements BlobStore {
  private static final Pattern LINE = Pattern.compile("(\\S{1,100}) (\\d{1,18})");

  private final HttpsArchive archive;

  /** At the end of a line. */
  public HttpsBlobStore(HttpsArchive archive) {
    this.archive = archive;
  }

  @Override
  public Stored put(BlobAddress address, BlobSource source) {
    throw new UnsupportedOperationException(
        address.name() + ": written into an archive that is only read");
  }

  @Override
  public OptionalLong length(BlobAddress address) throws ArchiveStoreException {
    return archive.piece(address.name(), 0, 1, false).stream()
        .mapToLong(HttpsArchive.Piece::all)
        .findFirst();
  }

  @Override
  public Optional<InputStream> read(BlobAddress address, long from, long to)
      throws ArchiveStoreException {
    return archive
        .piece(address.name(), from, to, false)
        .map(first -> new Pieces(address.name(), from, to, first));
  }

  @Override
  public void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException {
    String after = "";
    HttpsArchive.Page page;
    do {
      page = archive.page(BlobAddress.folder(branch), after);
      for (String line : page.lines()) {
        StoredBlob blob = blob(line);
        each.accept(blob);
        after = blob.address().name();
      }
    } while (page.more());
  }

  private static StoredBlob blob(String line) throws ArchiveStoreException {
    Matcher matcher = LINE.matcher(line);
    Optional<BlobAddress> address =
        matcher.matches() ? BlobAddress.ofName(matcher.group(1)) : Optional.empty();
    return new StoredBlob(
        address.orElseThrow(
            () ->
                new ArchiveStoreException(
                    ArchiveDefect.ARCHIVE_BYTES_WRONG, "list: no name and length of a blob")),
        Long.parseLong(matcher.group(2)));
  }

  /** A run, piece by piece, each asked for when the one before has been read. */
  private final class Pieces extends InputStream {
    private final String name;
    private final long to;
    private ByteString piece;
    private int read;
    private long next;

    Pieces(String name, long from, long to, HttpsArchive.Piece first) {
      this.name = name;
      this.piece = first.bytes();
      this.next = from + piece.size();
      this.to = Math.min(to, first.all());
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (read == piece.size() && next >= to) {
        return -1;
      }
      if (read == piece.size()) {
        piece = following();
        read = 0;
        next += piece.size();
      }
      int count = Math.min(length, piece.size() - read);
      piece.substring(read, read + count).copyTo(into, at);
      read += count;
      return count;
    }

    private ByteString following() throws IOException {
      try {
        return archive
            .piece(name, next, to, false)
            .orElseThrow(() -> new IOException(name + ": gone"))
            .bytes();
      } catch (ArchiveStoreException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
