package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.DirectoryEntry;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutContent;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.CutWriter;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at cuts: that they say what the log was at their moments, and who says so too. */
final class CutChecker {
  private static final List<String> TENANTS = List.of("housing", "planning", "environment", "");

  private final World world;
  private final Checker checker;

  /** A file that nobody should accept. */
  record Forged(ArchiveName name, ByteString file) {}

  CutChecker(World world, Checker checker) {
    this.world = world;
    this.checker = checker;
  }

  /** A cut of the home cloud says what was in the log up to its moment, and nothing else. */
  void requireFold(ArchiveName name, ByteString file) {
    Cut cut = cut(name, file);
    long clock = cut.statement().getClosedClock();
    Moment moment = world.moments.at(clock).filter(Moment::isClosed).orElse(null);
    require(moment != null, name + ": of a moment that is not closed");
    require(opened(cut).equals(moment.heads()), name + ": not the fold of the log at " + clock);
    for (CutSlice slice : cut.statement().getSliceList()) {
      SliceHead head = head(slice);
      require(
          head.nextOffset() == moment.marks().get(slice.getSlice()) + 1
              && head.segmentHash().equals(slice.getSegmentHash()),
          name + ": slice " + slice.getSlice() + " does not end at the mark");
    }
    if (name.number() > 1) {
      Cut before = cut(ArchiveName.cut(name.number() - 1), world.home);
      require(
          before.hash().equals(cut.statement().getPreviousCut())
              && before.statement().getClosedClock() < clock,
          name + ": does not follow the cut before");
    }
  }

  private SliceHead head(CutSlice slice) {
    return checker.head(ArchiveName.segment(slice.getSlice(), slice.getSegment()));
  }

  /** A node says that a moment is cut. */
  void requireMade(Moment moment) {
    Cut last = last(world.home).orElseThrow(() -> new Violation("a cut is called made"));
    require(
        last.statement().getClosedClock() >= moment.clock(),
        "moment " + moment.clock() + ": called cut, and it is not");
    require(
        world.home.isDurable(ArchiveName.cut(last.statement().getNumber())),
        "moment " + moment.clock() + ": its cut is not there for good");
  }

  /** A node gives up a moment: there has to be a later cut. */
  void requireLater(Moment moment, IllegalArgumentException e) {
    require(
        last(world.home)
            .filter(cut -> cut.statement().getClosedClock() > moment.clock())
            .isPresent(),
        "moment " + moment.clock() + ": given up: " + e);
  }

  /** A countersignature of the sibling is of a cut that it has, with all segments. */
  void requireTrue(ArchiveName name, ByteString file) {
    ArchiveName of = ArchiveName.cut(name.number());
    require(world.away.isDurable(of), name + ": the sibling does not have the cut for good");
    Cut cut = cut(of, world.away);
    require(cut.file().equals(world.home.file(of)), name + ": of another cut than home's");
    try {
      Countersignature.verify(name, file.toByteArray(), TestKeys.TRUST).requireFor(cut);
    } catch (DamagedReplicaException e) {
      throw new Violation("countersignature lies: " + e.getMessage());
    }
    for (CutSlice slice : cut.statement().getSliceList()) {
      for (long number = 1; number <= slice.getSegment(); number++) {
        ArchiveName segment = ArchiveName.segment(slice.getSlice(), number);
        require(world.away.isDurable(segment), name + ": signed without " + segment);
      }
    }
  }

  /** A countersignature that somebody holds is the one that the sibling keeps. */
  void requireKept(ArchiveName name, ByteString file) {
    require(
        world.away.isDurable(name) && file.equals(world.away.file(name)),
        name + ": not the one that the sibling keeps");
  }

  /** Whether the last moment is cut, and all cuts are countersigned. */
  boolean isAllThere() {
    Optional<Moment> moment = world.moments.last().filter(last -> !last.inTrouble());
    Optional<Cut> last = last(world.home);
    return moment.isPresent()
        && last.isPresent()
        && last.get().statement().getClosedClock() == moment.get().clock()
        && Checker.count(world.home, StatementKind.CUT)
            == Checker.count(world.home, StatementKind.COUNTERSIGNATURE);
  }

  /** The sibling's copy proves every cut. */
  void requireProved(ReplicaReport report) {
    require(
        report.provedCuts().size() == Checker.count(world.home, StatementKind.CUT),
        "proved are only cuts " + report.provedCuts());
  }

  /** The cut after the sibling's last, with one entity that ends elsewhere. */
  Optional<Forged> forged() {
    Optional<Cut> last = last(world.away).filter(cut -> cut.statement().getTenantCount() > 0);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Map<String, EntityHead>> heads = opened(last.get());
    Map<String, EntityHead> some = heads.values().iterator().next();
    some.replaceAll((id, head) -> new EntityHead(head.sequence() + 1, head.chain()));
    CutContent content =
        new CutContent(
            last.get().statement().getClosedClock() + 1,
            last.get().statement().getSliceList().stream().map(this::head).toList(),
            heads,
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            CutDeletion.NONE,
            ManifestBeginning.NONE,
            false);
    long number = last.get().statement().getNumber() + 1;
    ByteString file =
        new CutWriter(TestKeys.HOME, TestKeys.epoch(1), 1)
            .write(number, last.get().hash(), content);
    return Optional.of(new Forged(ArchiveName.cut(number), file));
  }

  private static Map<String, Map<String, EntityHead>> opened(Cut cut) {
    EpochKeys keys = TestKeys.epoch(cut.statement().getGrant().getEpoch());
    Map<String, Map<String, EntityHead>> all = new HashMap<>();
    try {
      for (String tenant : TENANTS) {
        for (DirectoryEntry entry : cut.directory(keys, tenant).getEntityList()) {
          all.computeIfAbsent(tenant, none -> new HashMap<>())
              .put(entry.getEntityId(), new EntityHead(entry.getSequence(), entry.getChain()));
        }
      }
    } catch (DamagedReplicaException e) {
      throw new Violation("cannot be opened: " + e.getMessage());
    }
    return all;
  }

  private static Optional<Cut> last(Disk disk) {
    return disk.files().keySet().stream()
        .filter(name -> name.kind() == StatementKind.CUT)
        .reduce((first, second) -> second)
        .map(name -> cut(name, disk));
  }

  private static Cut cut(ArchiveName name, Disk disk) {
    return cut(name, disk.file(name));
  }

  private static Cut cut(ArchiveName name, ByteString file) {
    try {
      return Cut.verify(name, file.toByteArray(), TestKeys.TRUST);
    } catch (DamagedReplicaException e) {
      throw new Violation("damaged: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String otherwise) {
    Checker.require(holds, otherwise);
  }
}
