package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.Optional;

/** Reading and writing of an archive by those who share it. */
public final class HomeFiles {
  private HomeFiles() {}

  /** A verified segment, if it is there. */
  public static Optional<Segment> segment(ArchiveStore store, ReplicaTrust trust, ArchiveName name)
      throws ArchiveStoreException, DamagedReplicaException {
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() ? Optional.empty() : Optional.of(Segment.verify(name, file.get(), trust));
  }

  /** Keeps a file, or finds that another has kept one of this name; gives the one that is kept. */
  static byte[] keep(ArchiveStore store, ArchiveName name, ByteString file)
      throws ArchiveStoreException {
    try {
      store.put(name, file);
      return file.toByteArray();
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
      return store.read(name).orElseThrow(() -> e);
    }
  }
}
