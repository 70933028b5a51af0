package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaDefect;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through the cuts from the last to the first, since each vouches for the one before: which of
 * them are right and contradicted by no later one, and what they say was deleted.
 */
final class CutChain {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Findings findings;
  private final Set<Long> usable = new HashSet<>();
  private long deletedTo;
  private Optional<Cut> stating = Optional.empty();
  private Map<Integer, Long> settled = Map.of();

  CutChain(ArchiveStore store, ReplicaTrust trust, Findings findings) {
    this.store = store;
    this.trust = trust;
    this.findings = findings;
  }

  /**
   * Goes through all cuts.
   *
   * @param last number of the last cut that is there or is countersigned
   */
  void run(long last, ReplicaAnchor anchor) throws ArchiveStoreException {
    Optional<ByteString> expected = Optional.empty();
    for (long number = last; number >= 1; number--) {
      if (number == anchor.cut()) {
        expected = Optional.of(anchor.cutHash());
      }
      Optional<Cut> cut = read(ArchiveName.cut(number), number <= deletedTo);
      if (cut.isPresent() && expected.isPresent() && !cut.get().hash().equals(expected.get())) {
        findings.add(
            ReplicaDefect.REPLICA_FORKED,
            ArchiveName.cut(number),
            "a later one continues another one");
        cut = Optional.empty();
      }
      cut.ifPresent(this::take);
      expected = cut.map(good -> good.statement().getPreviousCut());
    }
  }

  private void take(Cut cut) {
    usable.add(cut.statement().getNumber());
    deletedTo = Math.max(deletedTo, cut.deletion().last());
    if (stating.isEmpty() && cut.beginning().generation() > 0) {
      stating = Optional.of(cut);
    }
    if (deletedTo > 0 && cut.statement().getNumber() > deletedTo) {
      settled = cut.ends();
    }
  }

  private Optional<Cut> read(ArchiveName name, boolean mayBeDeleted) throws ArchiveStoreException {
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty() && mayBeDeleted) {
      return Optional.empty();
    }
    if (file.isEmpty()) {
      findings.add(
          ReplicaDefect.REPLICA_MISSING, name, "a later one or its countersignature is there");
      return Optional.empty();
    }
    return findings.found(() -> Cut.verify(name, file.get(), trust));
  }

  /** Whether a cut is right and no later one contradicts it. */
  boolean isUsable(long number) {
    return usable.contains(number);
  }

  /** The last cut that says where the manifests begin. */
  Optional<Cut> stating() {
    return stating;
  }

  /**
   * For each slice, the segment with which the first cut ends that is not deleted; empty where none
   * was deleted. That cut vouches for all segments before.
   */
  Map<Integer, Long> settled() {
    return settled;
  }
}
