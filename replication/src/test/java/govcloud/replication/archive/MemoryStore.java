package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An archive in memory; a test may change what is in it. */
public class MemoryStore implements ArchiveStore, Erasure {
  private final Map<ArchiveName, byte[]> files = new TreeMap<>();

  public MemoryStore() {}

  /** A copy that can be changed; the files themselves are shared. */
  public MemoryStore(MemoryStore other) {
    files.putAll(other.files);
  }

  /** What is in it. */
  public Map<ArchiveName, byte[]> files() {
    return files;
  }

  @Override
  public synchronized Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
    byte[] there = files.putIfAbsent(name, file.toByteArray());
    if (there != null && !ByteString.copyFrom(there).equals(file)) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, name.text());
    }
    return there == null ? Stored.NEW : Stored.ALREADY_THERE;
  }

  @Override
  public synchronized Optional<byte[]> read(ArchiveName name) {
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public synchronized void erase(ArchiveName name) {
    files.remove(name);
  }

  @Override
  public synchronized List<ArchiveName> list(StatementKind kind) {
    return files.keySet().stream().filter(name -> name.kind() == kind).toList();
  }

  @Override
  public synchronized Optional<ArchiveName> last(StatementKind kind, int slice) {
    return list(kind).stream()
        .filter(name -> name.slice() == slice)
        .max(java.util.Comparator.naturalOrder());
  }
}
