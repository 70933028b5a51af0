package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/** A disk as one process sees it: before and after each access it may crash, and others go on. */
final class SteppingStore implements ArchiveStore {
  private final MemoryStore disk;
  private final Runnable step;

  SteppingStore(MemoryStore disk, Runnable step) {
    this.disk = disk;
    this.step = step;
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
    step.run();
    Stored stored = disk.put(name, file);
    step.run();
    return stored;
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) {
    step.run();
    return disk.read(name);
  }

  @Override
  public List<ArchiveName> list(StatementKind kind) {
    step.run();
    return disk.list(kind);
  }

  @Override
  public Optional<ArchiveName> last(StatementKind kind, int slice) {
    step.run();
    return disk.last(kind, slice);
  }
}
