package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;

/**
 * Follows the newest file of a kind that is numbered through, such as manifests. The archive is
 * listed once; from then on the next number is looked for. Blocks; not for several threads.
 */
final class NewestFile {

  /** A file as it is kept. */
  record Kept(ArchiveName name, ByteString file) {}

  private final StatementKind kind;
  private final ArchiveStore store;
  private long number;
  private boolean isListed;

  NewestFile(StatementKind kind, ArchiveStore store) {
    this.kind = kind;
    this.store = store;
  }

  /** The newest file, if it has not been given before. */
  Optional<Kept> next() throws ArchiveStoreException {
    if (!isListed) {
      number = store.last(kind, 0).map(name -> name.number() - 1).orElse(0L);
      isListed = true;
    }
    Optional<Kept> newest = Optional.empty();
    while (true) {
      ArchiveName name = new ArchiveName(kind, 0, number + 1);
      Optional<byte[]> file = store.read(name);
      if (file.isEmpty()) {
        return newest;
      }
      newest = Optional.of(new Kept(name, ByteString.copyFrom(file.get())));
      number++;
    }
  }
}
