package govcloud.node.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The cuts in the archive, each read once. Blocks; for several threads. */
final class CutShelf {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Map<Long, CutSummary> known = new ConcurrentHashMap<>();

  CutShelf(ArchiveStore store, ReplicaTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /**
   * Cuts from the newest back.
   *
   * @param before numbers below this
   */
  List<CutSummary> list(long before, int limit)
      throws ArchiveStoreException, DamagedReplicaException {
    List<Long> there = there();
    List<CutSummary> found = new ArrayList<>();
    for (int i = there.size() - 1; i >= 0 && found.size() < limit; i--) {
      if (there.get(i) < before) {
        summary(there.get(i)).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Numbers of the cuts that are not deleted, ascending; the others are forgotten. */
  private List<Long> there() throws ArchiveStoreException {
    List<Long> there = store.list(StatementKind.CUT).stream().map(ArchiveName::number).toList();
    known.keySet().retainAll(Set.copyOf(there));
    return there;
  }

  /** The last one, whole. */
  Optional<Cut> last() throws ArchiveStoreException, DamagedReplicaException {
    Optional<ArchiveName> name = store.last(StatementKind.CUT, 0);
    return name.isEmpty() ? Optional.empty() : read(name.get());
  }

  /** One cut; none where it was deleted. */
  Optional<CutSummary> find(long number) throws ArchiveStoreException, DamagedReplicaException {
    return there().contains(number) ? summary(number) : Optional.empty();
  }

  private Optional<CutSummary> summary(long number)
      throws ArchiveStoreException, DamagedReplicaException {
    CutSummary summary = known.get(number);
    if (summary == null) {
      Optional<Cut> cut = read(ArchiveName.cut(number));
      if (cut.isEmpty()) {
        return Optional.empty();
      }
      summary = CutSummary.of(cut.get(), false);
    }
    if (!summary.countersigned() && isCountersigned(number)) {
      summary = summary.signed();
    }
    known.put(number, summary);
    return Optional.of(summary);
  }

  private Optional<Cut> read(ArchiveName name)
      throws ArchiveStoreException, DamagedReplicaException {
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() ? Optional.empty() : Optional.of(Cut.verify(name, file.get(), trust));
  }

  private boolean isCountersigned(long number)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.countersignature(number);
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      return false;
    }
    Countersignature countersignature = Countersignature.verify(name, file.get(), trust);
    Optional<Cut> cut = read(ArchiveName.cut(number));
    if (cut.isPresent()) {
      countersignature.requireFor(cut.get());
    }
    return true;
  }
}
