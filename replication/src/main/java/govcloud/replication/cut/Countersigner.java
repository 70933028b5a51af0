package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaHeads;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.Signer;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares cuts with the segments that this cloud received, without any decryption key, and signs
 * what it found the same. A cut is kept only when it was proved. Blocks; one call at a time.
 */
public final class Countersigner {
  private final ArchiveStore store;
  private final BlobStore blobs;
  private final ReplicaTrust trust;
  private final Signer key;
  private final CutCheckpoint checkpoint;
  private final Clock clock;
  private long released;

  /**
   * A countersigner of one cloud's cuts.
   *
   * @param store archive of that cloud's files alone
   * @param trust names that cloud as origin and this one as receiver
   * @param key with which this cloud signs
   * @param blobs of that cloud alone
   * @param checkpoint a file that may be lost
   */
  public Countersigner(
      ArchiveStore store,
      BlobStore blobs,
      ReplicaTrust trust,
      Signer key,
      Path checkpoint,
      Clock clock) {
    this.store = store;
    this.blobs = blobs;
    this.trust = trust;
    this.key = key;
    this.checkpoint = new CutCheckpoint(checkpoint);
    this.clock = clock;
  }

  /**
   * Proves a cut, keeps it, and signs. The same one again gets the same countersignature.
   *
   * @return the countersignature
   * @throws DamagedReplicaException with the first defect; {@code REPLICA_GAP} where the cut before
   *     is not countersigned here, unless none is and a later one that was offered says that those
   *     before were deleted, {@code REPLICA_MISSING} where a segment is not here yet, {@code
   *     REPLICA_FORKED} where the cut names other files than those here, {@code REPLICA_MISMATCH}
   *     where the segments tell otherwise
   * @throws ArchiveStoreException when the archive does not work: nothing is promised
   */
  public synchronized ByteString countersign(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    Cut cut = Cut.verify(name, file, trust);
    trust.requireCurrentSite(name, cut.file());
    released = Math.max(released, cut.deletion().last());
    Optional<ByteString> before = countersigned(cut);
    if (before.isPresent()) {
      return before.get();
    }
    checkPrevious(cut);
    checkBeginning(cut);
    checkSegments(cut);
    new CutBlobs(cut).requireIn(blobs);
    ReplicaHeads heads = prove(cut);
    keep(name, cut.file());
    ByteString answer = sign(cut);
    checkpoint.keep(cut, heads);
    return answer;
  }

  private Optional<ByteString> countersigned(Cut cut)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.countersignature(cut.statement().getNumber());
    Optional<byte[]> there = store.read(name);
    if (there.isPresent()) {
      try {
        Countersignature.verify(name, there.get(), trust).requireFor(cut);
      } catch (DamagedReplicaException e) {
        throw refused(
            ReplicaDefect.REPLICA_FORKED,
            ArchiveName.cut(cut.statement().getNumber()),
            "another one is countersigned");
      }
    }
    return there.map(UnsafeByteOperations::unsafeWrap);
  }

  private void checkPrevious(Cut cut) throws ArchiveStoreException, DamagedReplicaException {
    long number = cut.statement().getNumber();
    if (number == 1) {
      return;
    }
    boolean signed = store.read(ArchiveName.countersignature(number - 1)).isPresent();
    Optional<Cut> previous = signed ? read(number - 1) : Optional.empty();
    if (previous.isEmpty() && isFirst(number)) {
      return;
    }
    if (previous.isEmpty()) {
      throw refused(
          ReplicaDefect.REPLICA_GAP,
          ArchiveName.cut(number),
          "cut " + (number - 1) + " is not countersigned here");
    }
    if (!previous.get().hash().equals(cut.statement().getPreviousCut())) {
      throw refused(ReplicaDefect.REPLICA_FORKED, ArchiveName.cut(number), "continues another cut");
    }
    if (previous.get().statement().getClosedClock() >= cut.statement().getClosedClock()) {
      throw cut.mismatch("closed clock: not above that of the cut before");
    }
  }

  /** Where no cut is here, and the origin has deleted all before this one. */
  private boolean isFirst(long number) throws ArchiveStoreException {
    long last = store.last(StatementKind.CUT, 0).map(ArchiveName::number).orElse(number);
    return last == number && released >= number - 1;
  }

  /**
   * The origin deletes manifests only when their last is here, and is the one that it names. A copy
   * that began later has no manifests before them.
   */
  private void checkBeginning(Cut cut) throws ArchiveStoreException, DamagedReplicaException {
    ManifestBeginning beginning = cut.beginning();
    Optional<Cut> previous = read(cut.statement().getNumber() - 1);
    if (beginning.equals(previous.map(Cut::beginning).orElse(ManifestBeginning.NONE))) {
      return;
    }
    ArchiveName name = ArchiveName.manifest(beginning.generation());
    Optional<byte[]> file = beginning.generation() == 0 ? Optional.empty() : store.read(name);
    if (beginning.generation() > 0 && file.isEmpty()) {
      if (store.last(StatementKind.MANIFEST, 0).isEmpty() && read(1).isEmpty()) {
        return;
      }
      throw refused(ReplicaDefect.REPLICA_MISSING, name, "named by the cut");
    }
    if (file.isEmpty()
        || !Manifest.verify(name, file.get(), trust).hash().equals(beginning.hash())) {
      throw cut.mismatch("manifests to " + beginning.generation() + ": another one is here");
    }
  }

  /** Looks at what is named before anything is folded. */
  private void checkSegments(Cut cut) throws ArchiveStoreException, DamagedReplicaException {
    Map<Integer, CutSlice> named = new HashMap<>();
    int slices = 0;
    for (CutSlice slice : cut.statement().getSliceList()) {
      named.put(slice.getSlice(), slice);
      slices = slice.getSlice() + 1;
      Segment last = segment(slice.getSlice(), slice.getSegment()).orElseThrow(() -> away(slice));
      if (!last.hash().equals(slice.getSegmentHash())) {
        throw refused(
            ReplicaDefect.REPLICA_FORKED,
            ArchiveName.cut(cut.statement().getNumber()),
            "slice " + slice.getSlice() + ": ends with another segment");
      }
      if (last.statement().getHighestClock() > cut.statement().getClosedClock()) {
        throw cut.mismatch("slice " + slice.getSlice() + ": goes on behind the closed clock");
      }
    }
    for (int slice = 0; slice <= slices; slice++) {
      long end = named.containsKey(slice) ? named.get(slice).getSegment() : 0;
      Optional<Segment> next = segment(slice, end + 1);
      if (next.isPresent()
          && next.get().statement().getRecords() > 0
          && next.get().statement().getHighestClock() <= cut.statement().getClosedClock()) {
        throw cut.mismatch("slice " + slice + ": leaves records out");
      }
    }
  }

  private static DamagedReplicaException away(CutSlice slice) {
    return refused(
        ReplicaDefect.REPLICA_MISSING,
        ArchiveName.segment(slice.getSlice(), slice.getSegment()),
        "named by the cut");
  }

  private ReplicaHeads prove(Cut cut) throws ArchiveStoreException, DamagedReplicaException {
    Optional<Cut> base = read(checkpoint.number());
    Optional<ReplicaHeads> known = base.flatMap(checkpoint::at);
    ReplicaHeads heads = known.orElseGet(ReplicaHeads::new);
    Map<Integer, SliceHead> from = new HashMap<>();
    if (known.isPresent()) {
      for (CutSlice slice : base.get().statement().getSliceList()) {
        Segment last = segment(slice.getSlice(), slice.getSegment()).orElseThrow(() -> away(slice));
        from.put(slice.getSlice(), last.head());
      }
    }
    for (CutSlice slice : cut.statement().getSliceList()) {
      SliceHead head = from.remove(slice.getSlice());
      fold(slice, head == null ? SliceHead.start(slice.getSlice()) : head, heads);
    }
    if (!from.isEmpty()) {
      throw cut.mismatch("slices: fewer than in the cut before");
    }
    cut.requireTenants(heads.cut());
    return heads;
  }

  private void fold(CutSlice slice, SliceHead from, ReplicaHeads heads)
      throws ArchiveStoreException, DamagedReplicaException {
    SliceHead head = from;
    for (long number = from.number() + 1; number <= slice.getSegment(); number++) {
      ArchiveName name = ArchiveName.segment(slice.getSlice(), number);
      Segment segment =
          segment(slice.getSlice(), number)
              .orElseThrow(
                  () -> refused(ReplicaDefect.REPLICA_MISSING, name, "a later one is there"));
      if (!segment.continues(head)) {
        throw refused(ReplicaDefect.REPLICA_GAP, name, "does not continue the segment before");
      }
      List<String> gaps = heads.add(segment);
      if (!gaps.isEmpty()) {
        throw refused(ReplicaDefect.REPLICA_ENTITY_GAP, name, gaps.get(0));
      }
      head = segment.head();
    }
  }

  private Optional<Segment> segment(int slice, long number)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.segment(slice, number);
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() ? Optional.empty() : Optional.of(Segment.verify(name, file.get(), trust));
  }

  private Optional<Cut> read(long number) throws ArchiveStoreException, DamagedReplicaException {
    if (number == 0) {
      return Optional.empty();
    }
    ArchiveName name = ArchiveName.cut(number);
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() ? Optional.empty() : Optional.of(Cut.verify(name, file.get(), trust));
  }

  private void keep(ArchiveName name, ByteString file)
      throws ArchiveStoreException, DamagedReplicaException {
    try {
      store.put(name, file);
    } catch (ArchiveStoreException e) {
      if (e.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
        throw refused(ReplicaDefect.REPLICA_FORKED, name, "another one is here");
      }
      throw e;
    }
  }

  /** Two nodes may sign at the same time; the first countersignature that is kept is the one. */
  private ByteString sign(Cut cut) throws ArchiveStoreException, DamagedReplicaException {
    ByteString mine = Countersignature.write(key.current(), cut, clock.millis());
    try {
      store.put(ArchiveName.countersignature(cut.statement().getNumber()), mine);
      return mine;
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
      return countersigned(cut).orElseThrow(() -> e);
    }
  }

  private static DamagedReplicaException refused(
      ReplicaDefect defect, ArchiveName name, String detail) {
    return new DamagedReplicaException(Finding.of(defect, name.text(), detail));
  }
}
