package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutContent;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.CutWriter;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.IndependentVerifier;
import govcloud.replication.archive.IndependentVerifier.Verdict;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes with deleted cuts, that nothing else goes, and that no attacker can do the same. */
@Tag("slow")
class RetirementTest {
  private static final CutDeletion FOUR = new CutDeletion(4, "d-1");

  private final TestCloud cloud = new TestCloud(17);
  private final List<MemoryStore> days = new ArrayList<>();
  @TempDir private Path folder;

  @BeforeEach
  void fiveDays() throws Exception {
    for (int day = 1; day <= 5; day++) {
      cloud.deletion = day < 5 ? CutDeletion.NONE : FOUR;
      day();
    }
  }

  /** Work, manifests, receipts, an attachment, and a countersigned cut. */
  private Cut day() throws Exception {
    ManifestMaker maker =
        new ManifestMaker(cloud.store, TestKeys.TRUST, TestKeys.HOME, TestCloud.SLICES);
    for (int hour = 0; hour < 2; hour++) {
      cloud.work(3);
      cloud.archiveAll();
      maker.make();
    }
    cloud.attach("day " + days.size());
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    Cut cut = cloud.make(moment).orElseThrow();
    maker.make();
    for (ArchiveName name : cloud.store.list(StatementKind.SEGMENT)) {
      Segment segment = Segment.verify(name, cloud.store.read(name).orElseThrow(), TestKeys.TRUST);
      cloud.store.put(
          ArchiveName.receipt(name.slice(), name.number()),
          Receipt.write(TestKeys.SIBLING, segment, name.number()));
    }
    countersign(cut);
    days.add(new MemoryStore(cloud.store));
    return cut;
  }

  private void countersign(Cut cut) throws Exception {
    cloud.store.put(
        ArchiveName.countersignature(cut.statement().getNumber()),
        Countersignature.write(TestKeys.SIBLING, cut, 1));
  }

  private CutEraser eraser(Erasure erasure) {
    CutLock lock =
        new CutLock(
            cloud.store,
            TestKeys.TRUST,
            Duration.ofDays(1),
            Clock.fixed(Instant.ofEpochMilli(Long.MAX_VALUE / 2), ZoneOffset.UTC));
    return new CutEraser(cloud.store, erasure, TestKeys.TRUST, lock, true);
  }

  private ReplicaReport report(MemoryStore store) throws Exception {
    return new ReplicaVerifier(store, cloud.blobs, TestKeys.TRUST).verify(ReplicaAnchor.NONE);
  }

  private Cut cut(long number) throws Exception {
    ArchiveName name = ArchiveName.cut(number);
    return Cut.verify(name, cloud.store.read(name).orElseThrow(), TestKeys.TRUST);
  }

  /** The day after the agreement's cut says where the manifests begin. */
  private Cut retired() throws Exception {
    Cut stating = day();
    eraser(cloud.store).erase();
    return stating;
  }

  @Test
  void deleted_goWithThem_justWhatTheFirstKeptCutVouchesFor() throws Exception {
    Map<Integer, Long> ends = cut(5).ends();
    Cut stating = day();
    Set<ArchiveName> before = Set.copyOf(cloud.store.files().keySet());
    int blobs = cloud.blobs.blobs().size();
    assertThat(eraser(cloud.store).erase()).isEqualTo(FOUR);
    Set<ArchiveName> gone = new TreeSet<>(before);
    gone.removeAll(cloud.store.files().keySet());
    Set<ArchiveName> expected = new TreeSet<>();
    for (ArchiveName name : before) {
      boolean goes =
          switch (name.kind()) {
            case CUT, COUNTERSIGNATURE -> name.number() <= 4;
            case RECEIPT -> name.number() < ends.get(name.slice());
            case MANIFEST -> name.number() <= stating.beginning().generation();
            default -> false;
          };
      if (goes) {
        expected.add(name);
      }
    }
    assertThat(gone).containsExactlyElementsOf(expected);
    assertThat(gone)
        .extracting(ArchiveName::kind)
        .contains(StatementKind.RECEIPT, StatementKind.MANIFEST, StatementKind.CUT);
    for (ArchiveName name : gone) {
      if (name.kind() == StatementKind.MANIFEST) {
        assertThat(manifest(days.get(5), name).statement().getSegmentList())
            .allMatch(entry -> entry.getNumber() < ends.get(entry.getSlice()));
      }
    }
    assertThat(cloud.blobs.blobs()).hasSize(blobs);
    assertThat(report(cloud.store).findings()).isEmpty();
    assertThat(report(cloud.store).provedCuts()).containsExactly(5L, 6L);
  }

  private static Manifest manifest(MemoryStore store, ArchiveName name) throws Exception {
    return Manifest.verify(name, store.read(name).orElseThrow(), TestKeys.TRUST);
  }

  @Test
  void goesOn_afterwards_asBefore() throws Exception {
    retired();
    cloud.deletion = new CutDeletion(5, "d-2");
    day();
    Cut later = retired();
    assertThat(later.beginning().generation()).isGreaterThan(cut(6).beginning().generation());
    assertThat(report(cloud.store).findings()).isEmpty();
    assertThat(report(cloud.store).provedCuts()).containsExactly(6L, 7L, 8L);
  }

  @Test
  void stoppedAfterEachFile_isSoundInBetween_andEndsTheSame() throws Exception {
    day();
    int steps = 0;
    for (boolean stopped = true; stopped; steps++) {
      try {
        eraser(oneFileAtATime()).erase();
        stopped = false;
      } catch (ArchiveStoreException e) {
        assertThat(report(cloud.store).findings()).isEmpty();
      }
    }
    assertThat(steps).isGreaterThan(10);
    assertThat(cloud.store.list(StatementKind.CUT)).hasSize(2);
  }

  private Erasure oneFileAtATime() {
    boolean[] did = {false};
    return name -> {
      if (did[0]) {
        throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_UNAVAILABLE, name.text());
      }
      cloud.store.erase(name);
      did[0] = true;
    };
  }

  @Test
  void anyOtherFileThatGoes_isFound_byBothVerifiers() throws Exception {
    assumeTrue(IndependentVerifier.isInstalled(), "node is not installed");
    retired();
    try (IndependentVerifier other =
        IndependentVerifier.start(
            folder, cloud.store, cloud.blobs, TestKeys.TRUST, ReplicaAnchor.NONE)) {
      assertThat(other.verify(cloud.store, cloud.blobs)).isEqualTo(Verdict.of(report(cloud.store)));
      for (ArchiveName name : cloud.store.files().keySet()) {
        MemoryStore without = new MemoryStore(cloud.store);
        without.erase(name);
        ReplicaReport report = report(without);
        assertThat(other.verify(without, cloud.blobs))
            .as(name.text())
            .isEqualTo(Verdict.of(report));
        if (isNeeded(name)) {
          assertThat(report.findings())
              .as(name.text())
              .extracting(Finding::name)
              .contains(name.text());
        }
      }
    }
  }

  /** The last of a chain may not be there yet. */
  private boolean isNeeded(ArchiveName name) throws Exception {
    boolean isLast = cloud.store.last(name.kind(), name.slice()).orElseThrow().equals(name);
    return name.kind() != StatementKind.COUNTERSIGNATURE
        && (!isLast || name.kind() == StatementKind.SEGMENT || name.kind() == StatementKind.CUT);
  }

  @Test
  void truncatedFurther_orStatementForgedOrMissing_isFound_byBothVerifiers() throws Exception {
    assumeTrue(IndependentVerifier.isInstalled(), "node is not installed");
    Cut stating = retired();
    long generation = stating.beginning().generation();
    Manifest next = manifest(cloud.store, ArchiveName.manifest(generation + 1));
    long last = cloud.store.last(StatementKind.MANIFEST, 0).orElseThrow().number();
    ByteString previous =
        manifest(cloud.store, ArchiveName.manifest(last)).statement().getPreviousManifest();
    MemoryStore truncated = new MemoryStore(cloud.store);
    truncated.erase(ArchiveName.manifest(generation + 1));
    MemoryStore forgedHash = forged(stating, new ManifestBeginning(generation, next.hash()));
    MemoryStore forgedEnd = forged(stating, new ManifestBeginning(last - 1, previous));
    cloud.store.list(StatementKind.MANIFEST).stream()
        .filter(name -> name.number() < last)
        .forEach(forgedEnd::erase);
    MemoryStore missing = forged(stating, ManifestBeginning.NONE);
    try (IndependentVerifier other =
        IndependentVerifier.start(
            folder, cloud.store, cloud.blobs, TestKeys.TRUST, ReplicaAnchor.NONE)) {
      for (MemoryStore attacked : List.of(truncated, forgedHash, forgedEnd, missing)) {
        assertThat(other.verify(attacked, cloud.blobs)).isEqualTo(Verdict.of(report(attacked)));
      }
    }
    String six = ArchiveName.cut(6).text();
    assertThat(found(truncated))
        .containsExactly("REPLICA_MISSING " + ArchiveName.manifest(generation + 1).text());
    assertThat(found(forgedHash)).containsExactly("REPLICA_MISMATCH " + six);
    assertThat(found(forgedEnd)).contains("REPLICA_MISMATCH " + six);
    assertThat(found(missing))
        .contains("REPLICA_MISSING " + ArchiveName.manifest(generation).text());
  }

  private List<String> found(MemoryStore store) throws Exception {
    return report(store).findings().stream()
        .map(finding -> finding.defect() + " " + finding.name())
        .toList();
  }

  /** Whoever has the cloud's signing key says another beginning, with all else as it is. */
  private MemoryStore forged(Cut cut, ManifestBeginning beginning) throws Exception {
    MemoryStore store = new MemoryStore(cloud.store);
    store.erase(ArchiveName.cut(6));
    store.erase(ArchiveName.countersignature(6));
    store.put(ArchiveName.cut(6), written(cut, beginning));
    return store;
  }

  private ByteString written(Cut cut, ManifestBeginning beginning) throws Exception {
    List<SliceHead> heads = new ArrayList<>();
    for (Map.Entry<Integer, Long> end : cut.ends().entrySet()) {
      ArchiveName name = ArchiveName.segment(end.getKey(), end.getValue());
      heads.add(Segment.verify(name, cloud.store.read(name).orElseThrow(), TestKeys.TRUST).head());
    }
    return new CutWriter(TestKeys.HOME, TestKeys.epoch(1), 3)
        .write(
            6,
            cut.statement().getPreviousCut(),
            new CutContent(
                cut.statement().getClosedClock(),
                heads,
                TestCloud.opened(cut),
                cut.statement().getBlobList(),
                new TreeMap<>(),
                new TreeMap<>(),
                cut.deletion(),
                beginning,
                false));
  }

  @Test
  void sibling_countersignsABeginning_onlyWhenItHasThatManifest() throws Exception {
    MemoryStore sibling = new MemoryStore(cloud.store);
    Cut stating = day();
    for (ArchiveName name : cloud.store.list(StatementKind.SEGMENT)) {
      sibling.put(name, ByteString.copyFrom(cloud.store.read(name).orElseThrow()));
    }
    ArchiveName six = ArchiveName.cut(6);
    byte[] right = stating.file().toByteArray();
    ArchiveName manifest = ArchiveName.manifest(stating.beginning().generation());
    byte[] kept = sibling.read(manifest).orElseThrow();
    sibling.erase(manifest);
    assertRefused(sibling, right, ReplicaDefect.REPLICA_MISSING, manifest);
    sibling.put(manifest, ByteString.copyFrom(kept));
    ManifestBeginning wrong =
        new ManifestBeginning(stating.beginning().generation() - 1, stating.beginning().hash());
    assertRefused(
        sibling, written(stating, wrong).toByteArray(), ReplicaDefect.REPLICA_MISMATCH, six);
    assertThat(countersigner(sibling).countersign(six, right)).isNotNull();
  }

  @Test
  void sibling_deletesTheSame_onlyAfterItsOwnLock_andWhatTheOriginLetGo() throws Exception {
    day();
    MemoryStore sibling = new MemoryStore(cloud.store);
    assertThat(received(sibling, Duration.ofDays(1)).released()).isEqualTo(4);
    assertThat(received(sibling, Duration.ofDays(1)).erase(5)).isFalse();
    assertThat(received(sibling, Duration.ofMillis(Long.MAX_VALUE / 2)).erase(4)).isFalse();
    assertThat(sibling.files()).hasSameSizeAs(cloud.store.files());
    assertThat(received(sibling, Duration.ofDays(1)).erase(4)).isTrue();
    eraser(cloud.store).erase();
    assertThat(sibling.files().keySet()).isEqualTo(cloud.store.files().keySet());
    assertThat(report(sibling).findings()).isEmpty();
  }

  @Test
  void sibling_mayKeepMore_andGoesOnTakingIn() throws Exception {
    MemoryStore sibling = new MemoryStore(cloud.store);
    assertThat(received(sibling, Duration.ofDays(1)).erase(2)).isTrue();
    assertThat(report(sibling).findings()).isEmpty();
    assertThat(report(sibling).provedCuts()).containsExactly(3L, 4L, 5L);
    Cut next = day();
    for (StatementKind kind : List.of(StatementKind.SEGMENT, StatementKind.MANIFEST)) {
      for (ArchiveName name : cloud.store.list(kind)) {
        sibling.put(name, ByteString.copyFrom(cloud.store.read(name).orElseThrow()));
      }
    }
    countersigner(sibling).countersign(ArchiveName.cut(6), next.file().toByteArray());
    assertThat(report(sibling).provedCuts()).containsExactly(3L, 4L, 5L, 6L);
  }

  private ReceivedCutEraser received(MemoryStore sibling, Duration retention) {
    CutLock lock =
        new CutLock(
            sibling,
            TestKeys.TRUST,
            retention,
            Clock.fixed(Instant.ofEpochMilli(Long.MAX_VALUE / 4), ZoneOffset.UTC));
    return new ReceivedCutEraser(sibling, sibling, TestKeys.TRUST, lock);
  }

  private void assertRefused(
      MemoryStore sibling, byte[] file, ReplicaDefect defect, ArchiveName name) {
    assertThatThrownBy(() -> countersigner(sibling).countersign(ArchiveName.cut(6), file))
        .isInstanceOfSatisfying(
            DamagedReplicaException.class,
            e -> {
              assertThat(e.finding().defect()).isEqualTo(defect);
              assertThat(e.finding().name()).isEqualTo(name.text());
            });
  }

  private Countersigner countersigner(MemoryStore sibling) {
    return new Countersigner(
        sibling,
        new MemoryBlobStore(cloud.blobs),
        TestKeys.TRUST,
        () -> TestKeys.SIBLING,
        folder.resolve("checkpoint"),
        Clock.systemUTC());
  }
}
