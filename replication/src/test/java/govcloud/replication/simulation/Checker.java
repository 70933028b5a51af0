package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.SegmentEntry;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.shipping.SliceShipper.Progress;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees everything, and says so when a promise is broken. */
final class Checker {
  private final World world;
  private final Map<ArchiveName, SliceHead> heads = new HashMap<>();
  private final long[] receipted = new long[World.SLICES];
  private final List<List<ByteString>> acknowledged = new ArrayList<>();
  private final CutChecker cuts;
  private long promises;

  Checker(World world) {
    this.world = world;
    this.cuts = new CutChecker(world, this);
    for (int slice = 0; slice < World.SLICES; slice++) {
      acknowledged.add(new ArrayList<>());
    }
  }

  /** What looks at cuts. */
  CutChecker cuts() {
    return cuts;
  }

  /** Whoever appended a batch has heard that it is there. */
  void acknowledged(int slice, ByteString batch) {
    acknowledged.get(slice).add(batch);
  }

  /** A caller hears that the sibling has its change. */
  void promised(int slice, long offset) {
    long number = 1;
    while (heads.containsKey(ArchiveName.segment(slice, number))
        && heads.get(ArchiveName.segment(slice, number)).nextOffset() <= offset) {
      number++;
    }
    ArchiveName name = ArchiveName.segment(slice, number);
    String what = "offset " + offset + " of slice " + slice;
    require(world.away.isDurable(name), what + ": promised, and not at the sibling");
    Segment there = segment(name, world.away.file(name));
    require(
        open(there)
            .get(Math.toIntExact(offset - there.statement().getFirstOffset()))
            .equals(world.logs.get(slice).get(Math.toIntExact(offset))),
        what + ": promised, and the sibling has another");
    promises++;
  }

  /** How many callers have heard that the sibling has their change. */
  long promises() {
    return promises;
  }

  /** A file has appeared in an archive. */
  void shown(boolean home, ArchiveName name, ByteString file) {
    if (home) {
      switch (name.kind()) {
        case SEGMENT -> heads.put(name, segment(name, file).head());
        case CUT -> cuts.requireFold(name, file);
        case COUNTERSIGNATURE -> cuts.requireKept(name, file);
        default -> {}
      }
    } else if (name.kind() == StatementKind.RECEIPT) {
      requireReceiptTrue(name, file);
    } else if (name.kind() == StatementKind.COUNTERSIGNATURE) {
      cuts.requireTrue(name, file);
    } else {
      requireSameAtHome(name, file);
      require(
          name.number() == 1 || world.away.isDurable(oneBefore(name)),
          name + ": kept without the one before");
      if (name.kind() == StatementKind.MANIFEST) {
        entries(name, file).forEach(entry -> requireListedIsThere(name, entry));
      }
    }
  }

  private static ArchiveName oneBefore(ArchiveName name) {
    return new ArchiveName(name.kind(), name.slice(), name.number() - 1);
  }

  private void requireListedIsThere(ArchiveName manifest, SegmentEntry entry) {
    ArchiveName name = ArchiveName.segment(entry.getSlice(), entry.getNumber());
    require(world.away.isDurable(name), manifest + ": names " + name + ", which is not there");
  }

  private static Segment segment(ArchiveName name, ByteString file) {
    try {
      return Segment.verify(name, file.toByteArray(), TestKeys.TRUST);
    } catch (DamagedReplicaException e) {
      throw new Violation("damaged: " + e.getMessage());
    }
  }

  private void requireSameAtHome(ArchiveName name, ByteString file) {
    require(file.equals(world.home.file(name)), name + ": the sibling has another than home");
  }

  private void requireReceiptTrue(ArchiveName name, ByteString file) {
    ArchiveName of = ArchiveName.segment(name.slice(), name.number());
    require(world.away.isDurable(of), name + ": the sibling does not have the segment for good");
    try {
      Receipt.verify(name, file.toByteArray(), TestKeys.TRUST)
          .requireFor(segment(of, world.away.file(of)).head());
    } catch (DamagedReplicaException e) {
      throw new Violation("receipt lies: " + e.getMessage());
    }
  }

  /** After a power cut: what the sibling has is at home, what is receipted is at the sibling. */
  void check() {
    world
        .away
        .files()
        .forEach(
            (name, file) -> {
              if (name.kind() == StatementKind.COUNTERSIGNATURE) {
                cuts.requireTrue(name, file);
              } else if (name.kind() == StatementKind.RECEIPT) {
                ArchiveName of = ArchiveName.segment(name.slice(), name.number());
                require(world.away.file(of) != null, name + ": its segment is gone");
              } else {
                requireSameAtHome(name, file);
              }
            });
    for (int slice = 0; slice < World.SLICES; slice++) {
      for (long number = 1; number <= receipted[slice]; number++) {
        ArchiveName name = ArchiveName.segment(slice, number);
        require(world.away.file(name) != null, name + ": acknowledged, and gone");
      }
    }
  }

  /** The sibling has answered. */
  void answered(ArchiveName name, ByteString file, ByteString answer) {
    require(
        world.away.isDurable(name) && file.equals(world.away.file(name)),
        name + ": accepted, and not there for good");
    if (name.kind() == StatementKind.SEGMENT) {
      ArchiveName receipt = ArchiveName.receipt(name.slice(), name.number());
      require(
          world.away.isDurable(receipt) && answer.equals(world.away.file(receipt)),
          name + ": the answer is not the receipt that is kept");
    } else if (name.kind() == StatementKind.CUT) {
      cuts.requireKept(ArchiveName.countersignature(name.number()), answer);
    }
  }

  /** The sibling has refused. */
  void refused(ArchiveName name, ByteString file, ReplicaDefect defect) {
    boolean early =
        (name.kind() != StatementKind.SEGMENT || world.isDropping())
            && (defect == ReplicaDefect.REPLICA_GAP || defect == ReplicaDefect.REPLICA_MISSING);
    if (early) {
      world.tally.count(
          switch (name.kind()) {
            case MANIFEST -> Fault.MANIFEST_TOO_EARLY;
            case CUT -> Fault.CUT_TOO_EARLY;
            default -> Fault.FILE_TOO_EARLY;
          });
    }
    require(
        early || !file.equals(world.home.file(name)),
        name + ": refused as " + defect + ", falsely");
  }

  /** A home node has found something damaged: there is nothing but wrong answers. */
  void damaged(DamagedReplicaException e) {
    ReplicaDefect defect = e.finding().defect();
    require(
        world.isDropping()
            || defect == ReplicaDefect.REPLICA_KIND_WRONG
            || defect == ReplicaDefect.REPLICA_MISPLACED
            || defect == ReplicaDefect.REPLICA_MISMATCH,
        "found damaged: " + e.getMessage());
    world.trace(() -> e.getMessage());
  }

  /** A home node says that a slice is archived. */
  void archived(SliceHead head, int offset) {
    ArchiveName name = ArchiveName.segment(head.slice(), head.number());
    require(
        world.home.isDurable(name) && head.equals(heads.get(name)) && head.nextOffset() >= offset,
        name + ": archived to " + offset + ", and it is not");
  }

  /** Where a segment of the home cloud ends. */
  SliceHead head(ArchiveName name) {
    return heads.get(name);
  }

  /** What a segment of the home cloud continues. */
  SliceHead before(ArchiveName name) {
    return name.number() == 1
        ? SliceHead.start(name.slice())
        : heads.get(ArchiveName.segment(name.slice(), name.number() - 1));
  }

  /** Segments of a slice that somebody has called receipted. */
  long receipted(int slice) {
    return receipted[slice];
  }

  void opened(int slice, Progress progress, long atLeast) {
    require(
        progress.number() >= atLeast,
        "slice " + slice + ": receipted to " + atLeast + ", now only to " + progress.number());
    progress(slice, 0, progress);
  }

  /** A shipper says how far the sibling has a slice: a zero-loss caller is answered now. */
  void progress(int slice, long before, Progress progress) {
    require(progress.number() >= before, "slice " + slice + ": receipts go back");
    for (long number = receipted[slice] + 1; number <= progress.number(); number++) {
      ArchiveName name = ArchiveName.segment(slice, number);
      require(
          world.away.isDurable(name)
              && world.away.isDurable(ArchiveName.receipt(slice, number))
              && world.home.isDurable(ArchiveName.receipt(slice, number)),
          name + ": called receipted, and it is not");
    }
    receipted[slice] = Math.max(receipted[slice], progress.number());
    if (progress.number() > 0) {
      SliceHead head = heads.get(ArchiveName.segment(slice, progress.number()));
      require(
          head.nextOffset() == progress.nextOffset(),
          "slice " + slice + ": receipted to offset " + progress.nextOffset() + " " + head);
    }
  }

  /** Both archives as an auditor finds them. */
  void audit() {
    audit(world.home);
    if (!world.isDropping() || !world.troubled()) {
      // With files under way, a receipt behind may be there before one that was interrupted.
      audit(world.away);
    }
  }

  private static ReplicaReport audit(Disk disk) {
    try {
      ReplicaReport report =
          new ReplicaVerifier(disk.copy(), new MemoryBlobStore(), TestKeys.TRUST)
              .verify(ReplicaAnchor.NONE);
      require(report.isSound(), disk + ": " + report.findings());
      return report;
    } catch (ArchiveStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether everything is where it should be. */
  boolean isAllThere() {
    for (int slice = 0; slice < World.SLICES; slice++) {
      SliceHead head = receipted[slice] == 0 ? null : heads.get(last(slice));
      if (head == null || head.nextOffset() < world.logs.get(slice).size()) {
        return false;
      }
    }
    if (!cuts.isAllThere() || !world.writers.stream().allMatch(LogWriter::isIdle)) {
      return false;
    }
    long listed =
        world.away.files().entrySet().stream()
            .filter(file -> file.getKey().kind() == StatementKind.MANIFEST)
            .mapToLong(file -> entries(file.getKey(), file.getValue()).size())
            .sum();
    return listed >= count(world.home, StatementKind.SEGMENT);
  }

  private ArchiveName last(int slice) {
    return ArchiveName.segment(slice, receipted[slice]);
  }

  static long count(Disk disk, StatementKind kind) {
    return disk.files().keySet().stream().filter(name -> name.kind() == kind).count();
  }

  private static List<SegmentEntry> entries(ArchiveName name, ByteString file) {
    try {
      return Manifest.verify(name, file.toByteArray(), TestKeys.TRUST).statement().getSegmentList();
    } catch (DamagedReplicaException e) {
      throw new Violation("damaged: " + e.getMessage());
    }
  }

  /** At the end: the same at both sides, each segment listed once, and opened it is the log. */
  void end() {
    audit(world.home);
    cuts.requireProved(audit(world.away));
    Map<ArchiveName, ByteString> here = new HashMap<>(world.home.files());
    require(here.equals(world.away.files()), "the archives differ");
    Set<ArchiveName> listed = new HashSet<>();
    here.forEach(
        (name, file) -> {
          if (name.kind() == StatementKind.MANIFEST) {
            for (SegmentEntry entry : entries(name, file)) {
              require(
                  listed.add(ArchiveName.segment(entry.getSlice(), entry.getNumber())),
                  name + ": lists a segment for the second time");
            }
          }
        });
    require(listed.equals(heads.keySet()), "manifests list " + listed);
    for (int slice = 0; slice < World.SLICES; slice++) {
      List<ByteString> opened = opened(slice);
      require(opened.equals(world.logs.get(slice)), "slice " + slice + ": not the log");
      require(opened.equals(acknowledged.get(slice)), "slice " + slice + ": not what was told");
    }
  }

  private List<ByteString> opened(int slice) {
    List<ByteString> batches = new ArrayList<>();
    world.away.files().keySet().stream()
        .filter(name -> name.kind() == StatementKind.SEGMENT && name.slice() == slice)
        .forEach(name -> batches.addAll(open(segment(name, world.away.file(name)))));
    return batches;
  }

  private static List<ByteString> open(Segment segment) {
    try {
      return new SegmentReader(TestKeys.epoch(segment.statement().getGrant().getEpoch()))
          .batches(segment);
    } catch (DamagedReplicaException e) {
      throw new Violation("cannot be opened: " + e.getMessage());
    }
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violation(otherwise);
    }
  }
}
