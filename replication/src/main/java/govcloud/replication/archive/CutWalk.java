package govcloud.replication.archive;

import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Goes through the cuts of a chain: whether segments, attachments and signatures tell the same. */
final class CutWalk {
  private static final Comparator<CutSlice> ORDER = Comparator.comparingInt(CutSlice::getSlice);

  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Findings findings;
  private final CutChain chain;
  private final SortedMap<Integer, SliceWalk> slices;
  private final ReplicaHeads heads;
  private final BlobWalk blobs;
  private final List<Long> proved = new ArrayList<>();

  CutWalk(
      ArchiveStore store,
      ReplicaTrust trust,
      Findings findings,
      CutChain chain,
      SortedMap<Integer, SliceWalk> slices,
      ReplicaHeads heads,
      BlobWalk blobs) {
    this.store = store;
    this.trust = trust;
    this.findings = findings;
    this.chain = chain;
    this.slices = slices;
    this.heads = heads;
    this.blobs = blobs;
  }

  /**
   * Goes through all cuts.
   *
   * @param last number of the last cut that is there or is countersigned
   */
  void run(long last, List<ArchiveName> countersignatures, ReplicaAnchor anchor)
      throws ArchiveStoreException {
    for (long number = 1; number <= last; number++) {
      Optional<Cut> cut = Optional.empty();
      if (chain.isUsable(number)) {
        byte[] file = store.read(ArchiveName.cut(number)).orElseThrow();
        ArchiveName name = ArchiveName.cut(number);
        cut = findings.found(() -> Cut.verify(name, file, trust));
      }
      if (cut.isPresent() && !prove(cut.get())) {
        cut = Optional.empty();
      }
      if (cut.isPresent()) {
        blobs.listed(cut.get());
      }
      checkCountersignature(ArchiveName.countersignature(number), countersignatures, cut);
    }
    if (last < anchor.cut()) {
      findings.add(
          ReplicaDefect.REPLICA_ROLLED_BACK,
          ArchiveName.cut(anchor.cut()),
          "the last cut is " + last + " (expected: " + anchor.cut() + " or later)");
    }
  }

  private void checkCountersignature(
      ArchiveName name, List<ArchiveName> countersignatures, Optional<Cut> cut)
      throws ArchiveStoreException {
    if (countersignatures.contains(name)) {
      Optional<byte[]> file = store.read(name);
      file.ifPresent(bytes -> findings.found(() -> countersigned(name, bytes, cut)));
    }
  }

  private Countersignature countersigned(ArchiveName name, byte[] file, Optional<Cut> cut)
      throws DamagedReplicaException {
    Countersignature countersignature = Countersignature.verify(name, file, trust);
    if (cut.isPresent()) {
      countersignature.requireFor(cut.get());
    }
    return countersignature;
  }

  /**
   * Compares a cut with the segments. One behind damaged segments is not proved, and that is no
   * further finding.
   *
   * @return false when the segments contradict it
   */
  private boolean prove(Cut cut) throws ArchiveStoreException {
    Map<Integer, CutSlice> named = new HashMap<>();
    cut.statement().getSliceList().forEach(slice -> named.put(slice.getSlice(), slice));
    for (Map.Entry<Integer, SliceWalk> slice : slices.entrySet()) {
      CutSlice end = named.get(slice.getKey());
      slice.getValue().advance(end == null ? 0 : end.getSegment());
    }
    if (!slices.values().stream().allMatch(SliceWalk::isComplete)) {
      return true;
    }
    if (findings.found(() -> proved(cut, named)).isEmpty()) {
      return false;
    }
    proved.add(cut.statement().getNumber());
    return true;
  }

  private Cut proved(Cut cut, Map<Integer, CutSlice> named) throws DamagedReplicaException {
    for (CutSlice slice : named.values().stream().sorted(ORDER).toList()) {
      SliceWalk walk = slices.get(slice.getSlice());
      if (walk == null
          || walk.head().number() != slice.getSegment()
          || !walk.head().segmentHash().equals(slice.getSegmentHash())) {
        throw cut.mismatch("slice " + slice.getSlice() + ": ends with another segment");
      }
    }
    for (SliceWalk walk : slices.values()) {
      if (leavesOut(cut, walk)) {
        throw cut.mismatch("slice " + walk.head().slice() + ": leaves records out");
      }
    }
    cut.requireTenants(heads.cut());
    return cut;
  }

  private static boolean leavesOut(Cut cut, SliceWalk walk) {
    return walk.ahead()
        .filter(segment -> segment.statement().getRecords() > 0)
        .filter(
            segment -> segment.statement().getHighestClock() <= cut.statement().getClosedClock())
        .isPresent();
  }

  /** Numbers of the cuts that the segments prove. */
  List<Long> proved() {
    return proved;
  }
}
