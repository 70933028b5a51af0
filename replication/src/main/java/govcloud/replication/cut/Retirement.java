package govcloud.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Deletes cuts, and what the first cut that stays makes needless: receipts of segments before those
 * with which it ends, and manifests that list only such. Never a segment or an attachment: a cloud
 * is rebuilt from the first one on. Remembers nothing; may be stopped after each file. Blocks.
 */
final class Retirement {
  private final ArchiveStore store;
  private final Erasure erasure;
  private final ReplicaTrust trust;

  Retirement(ArchiveStore store, Erasure erasure, ReplicaTrust trust) {
    this.store = store;
    this.erasure = erasure;
    this.trust = trust;
  }

  /**
   * Deletes.
   *
   * @param last number of the last cut that goes
   * @param beginning where the manifests begin, as a countersigned cut says
   */
  void run(long last, ManifestBeginning beginning)
      throws ArchiveStoreException, DamagedReplicaException {
    erase(StatementKind.COUNTERSIGNATURE, name -> name.number() <= last);
    Map<Integer, Long> settled = settled(last + 1);
    erase(StatementKind.RECEIPT, name -> name.number() < settled.getOrDefault(name.slice(), 0L));
    erase(StatementKind.MANIFEST, name -> name.number() <= beginning.generation());
    // From the first, so that the last, whose age is the lock of all, goes last.
    erase(StatementKind.CUT, name -> name.number() <= last);
  }

  /** Receipts go when the countersignature of a cut says the same as they. */
  private Map<Integer, Long> settled(long kept)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.cut(kept);
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() || store.read(ArchiveName.countersignature(kept)).isEmpty()
        ? Map.of()
        : Cut.verify(name, file.get(), trust).ends();
  }

  private void erase(StatementKind kind, Predicate<ArchiveName> goes) throws ArchiveStoreException {
    for (ArchiveName name : store.list(kind)) {
      if (goes.test(name)) {
        erasure.erase(name);
      }
    }
  }
}
