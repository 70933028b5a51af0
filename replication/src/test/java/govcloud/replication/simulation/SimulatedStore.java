package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/** One process's way to an archive: may fail before or after writing, may end in a crash. */
final class SimulatedStore implements ArchiveStore {
  private final World world;
  private final Disk disk;
  private final Life life;

  SimulatedStore(World world, Disk disk, Life life) {
    this.world = world;
    this.disk = disk;
    this.life = life;
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
    world.step(life);
    fail(0.01, Fault.STORE_FAILED_BEFORE_WRITING);
    ByteString there = disk.file(name);
    if (there != null) {
      if (!there.equals(file)) {
        world.tally.count(Fault.PLACE_TAKEN_BY_ANOTHER);
        throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, name.text());
      }
      disk.flush(name);
      return Stored.ALREADY_THERE;
    }
    disk.show(name, file);
    world.step(life);
    fail(0.01, Fault.STORE_FAILED_AFTER_WRITING);
    disk.flush(name);
    world.step(life);
    return Stored.NEW;
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    world.step(life);
    fail(0.004, Fault.STORE_FAILED_READING);
    ByteString file = disk.file(name);
    if (file == null) {
      return Optional.empty();
    }
    disk.flush(name);
    return Optional.of(file.toByteArray());
  }

  @Override
  public List<ArchiveName> list(StatementKind kind) throws ArchiveStoreException {
    world.step(life);
    return disk.files().keySet().stream().filter(name -> name.kind() == kind).toList();
  }

  @Override
  public Optional<ArchiveName> last(StatementKind kind, int slice) throws ArchiveStoreException {
    return list(kind).stream()
        .filter(name -> name.slice() == slice)
        .reduce((first, second) -> second);
  }

  private void fail(double probability, Fault fault) throws ArchiveStoreException {
    if (world.strikes(probability, fault)) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_UNAVAILABLE, fault.name());
    }
  }
}
