package govcloud.replication.store;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/**
 * Another cloud's archive, to be looked at: {@link #put} and {@link #erase} throw {@link
 * UnsupportedOperationException}.
 */
public record ReadOnlyStore(ArchiveStore store) implements ArchiveStore, Erasure {

  @Override
  public Stored put(ArchiveName name, ByteString file) {
    throw new UnsupportedOperationException(
        name.text() + ": written into an archive that is only read");
  }

  @Override
  public void erase(ArchiveName name) {
    throw new UnsupportedOperationException(
        name.text() + ": deleted from an archive that is only read");
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    return store.read(name);
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
