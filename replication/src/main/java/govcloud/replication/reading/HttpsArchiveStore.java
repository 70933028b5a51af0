package govcloud.replication.reading;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaLimits;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replica's files, read from the cloud that keeps them. A file comes in pieces and is compared
 * with the hash that the cloud says of its own copy, so what went wrong on the way is not taken for
 * damage of the replica. {@link #put} throws {@link UnsupportedOperationException}.
 */
public final class HttpsArchiveStore implements ArchiveStore {
  private static final int TRIES = 3;

  private final HttpsArchive archive;

  /** At the end of a line. */
  public HttpsArchiveStore(HttpsArchive archive) {
    this.archive = archive;
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) {
    throw new UnsupportedOperationException(
        name.text() + ": written into an archive that is only read");
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<HttpsArchive.Piece> first = archive.piece(name.text(), 0, Long.MAX_VALUE, true);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      byte[] file = whole(name, first.get());
      ByteString hash = ReplicaHash.of(file, 0, file.length);
      if (ReadingDoor.digest(hash).equals(first.get().digest())) {
        return Optional.of(file);
      }
    }
    throw new ArchiveStoreException(
        ArchiveDefect.ARCHIVE_BYTES_WRONG,
        name.text() + ": came " + TRIES + " times as something else");
  }

  private byte[] whole(ArchiveName name, HttpsArchive.Piece first) throws ArchiveStoreException {
    if (first.all() > ReplicaLimits.FILE) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_TOO_LARGE, name.text());
    }
    byte[] file = new byte[(int) first.all()];
    int at = copy(first, file, 0);
    while (at < file.length) {
      HttpsArchive.Piece next =
          archive
              .piece(name.text(), at, file.length, false)
              .filter(piece -> piece.all() == file.length)
              .orElseThrow(
                  () ->
                      new ArchiveStoreException(
                          ArchiveDefect.ARCHIVE_BYTES_WRONG,
                          name.text() + ": changes while it is read"));
      at = copy(next, file, at);
    }
    return file;
  }

  private static int copy(HttpsArchive.Piece piece, byte[] file, int at) {
    piece.bytes().copyTo(file, at);
    return at + piece.bytes().size();
  }

  @Override
  public List<ArchiveName> list(StatementKind kind) throws ArchiveStoreException {
    List<ArchiveName> names = new ArrayList<>();
    HttpsArchive.Page page;
    do {
      String after = names.isEmpty() ? "" : names.get(names.size() - 1).text();
      page = archive.page(ReadingDoor.kindName(kind), after);
      for (String line : page.lines()) {
        names.add(name(line, kind));
      }
    } while (page.more());
    return names;
  }

  @Override
  public Optional<ArchiveName> last(StatementKind kind, int slice) throws ArchiveStoreException {
    String line = archive.last(ReadingDoor.kindName(kind), slice);
    return line.isEmpty() ? Optional.empty() : Optional.of(name(line, kind));
  }

  private static ArchiveName name(String line, StatementKind kind) throws ArchiveStoreException {
    return ArchiveName.parse(line)
        .filter(name -> name.kind() == kind)
        .orElseThrow(
            () ->
                new ArchiveStoreException(
                    ArchiveDefect.ARCHIVE_BYTES_WRONG, "list: no name of a file of kind " + kind));
  }
}
