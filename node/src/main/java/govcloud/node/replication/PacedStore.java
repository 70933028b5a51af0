package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/** An archive that is read no faster than is fair to those who work with it; nothing is written. */
final class PacedStore implements ArchiveStore {

  /** Hears of each file that is read. */
  interface Progress {
    /** So many files so far. */
    void read(long files);
  }

  private final ArchiveStore store;
  private final Pace pace;
  private final Progress progress;
  private long files;

  PacedStore(ArchiveStore store, Pace pace, Progress progress) {
    this.store = store;
    this.pace = pace;
    this.progress = progress;
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) {
    throw new UnsupportedOperationException(name + ": only read here");
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    Optional<byte[]> file = store.read(name);
    pace.took(file.map(bytes -> bytes.length).orElse(0));
    progress.read(++files);
    return file;
  }

  @Override
  public List<ArchiveName> list(StatementKind kind) throws ArchiveStoreException {
    return store.list(kind);
  }

  @Override
  public Optional<ArchiveName> last(StatementKind kind, int slice) throws ArchiveStoreException {
    return store.last(kind, slice);
  }
}
