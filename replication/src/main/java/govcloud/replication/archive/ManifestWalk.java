package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.SegmentEntry;
import govcloud.replication.statement.ReplicaDefect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through the manifests from the last to the first, since each vouches for the one before: a
 * manifest that the one behind it contradicts has no say in which segments there are.
 */
final class ManifestWalk {
  /** The lowest number of a slice that was seen, and which manifest names it. */
  private record Lowest(long number, long generation) {}

  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Findings findings;
  private final Map<Integer, Long> settled;
  private final Optional<Cut> stating;
  private final ManifestBeginning beginning;
  private final Map<ArchiveName, ByteString> named = new HashMap<>();
  private final Map<Integer, Long> lastNumbers = new HashMap<>();
  private final Map<Integer, Lowest> lowest = new HashMap<>();
  private long good;

  /**
   * A walk.
   *
   * @param chain says where the manifests begin
   */
  ManifestWalk(ArchiveStore store, ReplicaTrust trust, Findings findings, CutChain chain) {
    this.settled = chain.settled();
    this.stating = chain.stating();
    this.beginning = stating.map(Cut::beginning).orElse(ManifestBeginning.NONE);
    this.store = store;
    this.trust = trust;
    this.findings = findings;
  }

  void run(List<ArchiveName> names, ReplicaAnchor anchor) throws ArchiveStoreException {
    long last = names.isEmpty() ? 0 : names.get(names.size() - 1).number();
    if (last < anchor.generation()) {
      findings.add(
          ReplicaDefect.REPLICA_ROLLED_BACK,
          ArchiveName.manifest(anchor.generation()),
          "the last manifest is " + last + " (expected: " + anchor.generation() + " or later)");
    }
    int before = findings.list().size();
    Optional<ByteString> expected = Optional.empty();
    long generation = Math.max(last, stating.isPresent() ? beginning.generation() + 1 : 0);
    for (; generation >= 1; generation--) {
      if (generation == anchor.generation()) {
        expected = Optional.of(anchor.manifestHash());
      }
      if (generation == beginning.generation()) {
        expected = begun(expected);
      }
      ArchiveName name = ArchiveName.manifest(generation);
      if (generation <= beginning.generation() && store.read(name).isEmpty()) {
        break;
      }
      expected = step(name, expected);
    }
    // Only where no manifest is damaged is it known with which numbers slices begin.
    if (findings.list().size() == before && generation == 0) {
      lowest.forEach(this::checkStart);
    } else if (findings.list().size() == before) {
      settled.forEach(this::checkBeginning);
    }
  }

  /** The cut that says where the manifests begin and the manifest behind it name the same one. */
  private Optional<ByteString> begun(Optional<ByteString> named) {
    if (named.isPresent() && !named.get().equals(beginning.hash())) {
      contradict("manifest " + (beginning.generation() + 1) + ": continues another one");
      return named;
    }
    return Optional.of(beginning.hash());
  }

  /** What is left begins where the cut that vouches for the rest ends, or before. */
  private void checkBeginning(int slice, long end) {
    Lowest first = lowest.get(slice);
    if (first == null || first.number() > end) {
      contradict("slice " + slice + ": no manifest lists segment " + end);
    }
  }

  private void contradict(String detail) {
    findings.add(stating.orElseThrow().mismatch(detail).finding());
  }

  /** Gives the hash that the manifest before must have, where that is known. */
  private Optional<ByteString> step(ArchiveName name, Optional<ByteString> expected)
      throws ArchiveStoreException {
    Optional<Manifest> manifest = read(name);
    if (manifest.isPresent()
        && expected.isPresent()
        && !manifest.get().hash().equals(expected.get())) {
      findings.add(ReplicaDefect.REPLICA_FORKED, name, "a later one continues another one");
      manifest = Optional.empty();
    }
    if (manifest.isEmpty()) {
      lowest.clear();
      return Optional.empty();
    }
    good++;
    List<SegmentEntry> entries = manifest.get().statement().getSegmentList();
    for (int i = entries.size() - 1; i >= 0; i--) {
      take(name, entries.get(i));
    }
    return Optional.of(manifest.get().statement().getPreviousManifest());
  }

  private Optional<Manifest> read(ArchiveName name) throws ArchiveStoreException {
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      findings.add(ReplicaDefect.REPLICA_MISSING, name, "a later one is there");
      return Optional.empty();
    }
    return findings.found(() -> Manifest.verify(name, file.get(), trust));
  }

  private void take(ArchiveName name, SegmentEntry entry) {
    int slice = entry.getSlice();
    Lowest behind = lowest.put(slice, new Lowest(entry.getNumber(), name.number()));
    if (behind != null && behind.number() != entry.getNumber() + 1) {
      gap(behind, slice, entry.getNumber() + 1);
    }
    lastNumbers.merge(slice, entry.getNumber(), Math::max);
    named.put(ArchiveName.segment(slice, entry.getNumber()), entry.getHash());
  }

  private void checkStart(int slice, Lowest first) {
    if (first.number() != 1) {
      gap(first, slice, 1);
    }
  }

  private void gap(Lowest found, int slice, long expected) {
    findings.add(
        ReplicaDefect.REPLICA_GAP,
        ArchiveName.manifest(found.generation()),
        "slice " + slice + ": segment " + found.number() + " (expected: " + expected + ")");
  }

  /** The hash that a manifest names for a segment. */
  Optional<ByteString> named(ArchiveName segment) {
    return Optional.ofNullable(named.get(segment));
  }

  /** For each slice, the last number that a manifest names. */
  Map<Integer, Long> lastNumbers() {
    return lastNumbers;
  }

  /** Manifests that are right. */
  long good() {
    return good;
  }
}
