package govcloud.replication.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SourceLogException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.TestLog;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** From a log through the home archive and a link to the sibling's archive. */
class ShippingTest {
  private final MemoryStore home = new MemoryStore();
  private final MemoryStore away = new MemoryStore();
  private final LocalLink link =
      new LocalLink(new Receiver(away, away, TestKeys.TRUST, TestKeys.SIBLING, Clock.systemUTC()));
  private final List<ByteString> log = new TestLog(0, 1).batches(20);

  private SliceArchiver archiver() throws Exception {
    return new SliceArchiver(
        0, home, TestKeys.TRUST, new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3));
  }

  private SliceShipper shipper() throws Exception {
    return new SliceShipper(0, home, TestKeys.TRUST, link);
  }

  private static void shipAll(SliceShipper shipper) throws Exception {
    while (shipper.step() == SliceShipper.Step.DONE) {}
  }

  private List<ByteString> received() throws Exception {
    SegmentReader reader = new SegmentReader(TestKeys.epoch(1));
    List<ByteString> batches = new ArrayList<>();
    for (ArchiveName name : away.list(StatementKind.SEGMENT)) {
      batches.addAll(
          reader.batches(Segment.verify(name, away.read(name).orElseThrow(), TestKeys.TRUST)));
    }
    return batches;
  }

  @Test
  void log_shipped_isWholeAtTheSiblingWithReceiptsAtHome() throws Exception {
    SliceArchiver archiver = archiver();
    archiver.archive(0, log.subList(0, 7));
    archiver.archive(7, log.subList(7, 20));
    SliceShipper shipper = shipper();
    shipAll(shipper);
    assertThat(received()).isEqualTo(log);
    assertThat(shipper.progress().nextOffset()).isEqualTo(20);
    assertThat(home.list(StatementKind.RECEIPT)).hasSize(2);
    assertThat(
            new ReplicaVerifier(home, new MemoryBlobStore(), TestKeys.TRUST)
                .verify(ReplicaAnchor.NONE)
                .findings())
        .isEmpty();
  }

  @Test
  void otherArchiver_archives_firstGoesOnBehindItsSegment() throws Exception {
    SliceArchiver first = archiver();
    SliceArchiver second = archiver();
    first.archive(0, log.subList(0, 3));
    second.archive(0, log.subList(0, 5));
    first.archive(3, log.subList(3, 9));
    second.archive(5, log.subList(5, 20));
    shipAll(shipper());
    assertThat(received()).isEqualTo(log);
  }

  @Test
  void batchesMissing_archived_isRefused() throws Exception {
    SliceArchiver archiver = archiver();
    assertThatThrownBy(() -> archiver.archive(1, log.subList(1, 2)))
        .isInstanceOf(SourceLogException.class)
        .hasMessageContaining("offset 0");
  }

  @Test
  void answerLost_shippedAgain_givesTheSameReceipt() throws Exception {
    archiver().archive(0, log);
    link.cut(LocalLink.Cut.AFTER_ARRIVAL);
    SliceShipper shipper = shipper();
    assertThatThrownBy(shipper::step).isInstanceOf(LinkException.class);
    assertThat(shipper.progress().number()).isZero();
    link.cut(LocalLink.Cut.NOWHERE);
    shipAll(shipper);
    ArchiveName receipt = ArchiveName.receipt(0, 1);
    assertThat(home.read(receipt))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(away.read(receipt).orElseThrow()));
    assertThat(link.delivered()).isEqualTo(2);
  }

  @Test
  void newShipper_started_goesOnBehindTheLastReceipt() throws Exception {
    SliceArchiver archiver = archiver();
    archiver.archive(0, log.subList(0, 10));
    shipAll(shipper());
    archiver.archive(10, log.subList(10, 20));
    SliceShipper next = shipper();
    assertThat(next.progress().nextOffset()).isEqualTo(10);
    shipAll(next);
    assertThat(link.delivered()).isEqualTo(2);
    assertThat(received()).isEqualTo(log);
  }

  @Test
  void siblingWithoutTheSegmentBefore_delivered_isAGapWithTheExpectedNumber() throws Exception {
    SliceArchiver archiver = archiver();
    archiver.archive(0, log.subList(0, 10));
    archiver.archive(10, log.subList(10, 20));
    ByteString second = ByteString.copyFrom(home.read(ArchiveName.segment(0, 2)).orElseThrow());
    assertThatThrownBy(() -> link.deliver(ArchiveName.segment(0, 2), second))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("REPLICA_GAP")
        .hasMessageContaining("(expected: 1)");
  }

  @Test
  void siblingThatLostItsArchive_refilledWithoutBeingAsked_getsEverythingAgain() throws Exception {
    SliceArchiver archiver = archiver();
    for (int i = 0; i < 18; i += 2) {
      archiver.archive(i, log.subList(i, i + 2));
    }
    shipAll(shipper());
    MemoryStore rebuilt = new MemoryStore();
    LocalLink other =
        new LocalLink(
            new Receiver(rebuilt, rebuilt, TestKeys.TRUST, TestKeys.SIBLING, Clock.systemUTC()));
    archiver.archive(18, log.subList(18, 20));
    assertThatThrownBy(() -> shipAll(new SliceShipper(0, home, TestKeys.TRUST, other)))
        .isInstanceOf(SiblingLostException.class);
    assertThat(rebuilt.files()).isEmpty();
    SliceShipper next = new SliceShipper(0, home, TestKeys.TRUST, other);
    next.refill(6);
    assertThat(next.missing()).isEqualTo(3);
    shipAll(next);
    assertThat(next.missing()).isZero();
    assertThat(rebuilt.list(StatementKind.SEGMENT))
        .hasSize(home.list(StatementKind.SEGMENT).size());
    assertThat(next.progress().nextOffset()).isEqualTo(20);
  }

  @Test
  void siteThatWasGivenUp_delivers_isFenced() throws Exception {
    SliceArchiver archiver = archiver();
    archiver.archive(0, log.subList(0, 10));
    shipAll(shipper());
    archiver.archive(10, log.subList(10, 20));
    TrustedKeys recovered =
        new TrustedKeys(
            List.of(
                TrustedKey.of(TestKeys.HOME),
                TrustedKey.of(TestKeys.SIBLING),
                new TrustedKey(
                    "harbour",
                    TestKeys.UNKNOWN.publicKey(),
                    2,
                    Optional.of(new SiteEnd(new TreeMap<>(Map.of(0, 1L)), 0, 0)))));
    ReplicaTrust trust =
        new ReplicaTrust("harbour", "mountain", recovered, TestKeys.TRUST.recoveryKeys());
    LocalLink fenced =
        new LocalLink(new Receiver(away, away, trust, TestKeys.SIBLING, Clock.systemUTC()));
    assertThatThrownBy(() -> shipAll(new SliceShipper(0, home, TestKeys.TRUST, fenced)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("REPLICA_SITE_FENCED");
    MemoryStore copy = new MemoryStore();
    for (ArchiveName name : away.list(StatementKind.SEGMENT)) {
      copy.put(name, ByteString.copyFrom(away.read(name).orElseThrow()));
    }
    new SliceArchiver(0, copy, trust, new SegmentWriter(TestKeys.UNKNOWN, TestKeys.epoch(2), 3))
        .archive(10, log.subList(10, 20));
    shipAll(new SliceShipper(0, copy, trust, fenced));
    assertThat(away.list(StatementKind.SEGMENT)).hasSize(2);
  }

  @Test
  void cloudThatIsHeld_delivers_isTakenInLater() throws Exception {
    archiver().archive(0, log.subList(0, 10));
    TrustedKeys keys = new TrustedKeys(TestKeys.TRUST.keys().all());
    ReplicaTrust trust =
        new ReplicaTrust("harbour", "mountain", keys, TestKeys.TRUST.recoveryKeys());
    LocalLink link =
        new LocalLink(new Receiver(away, away, trust, TestKeys.SIBLING, Clock.systemUTC()));
    keys.hold(Set.of("harbour"));
    assertThatThrownBy(() -> shipAll(new SliceShipper(0, home, TestKeys.TRUST, link)))
        .hasMessageContaining("REPLICA_ORIGIN_HELD");
    assertThat(away.list(StatementKind.SEGMENT)).isEmpty();
    keys.hold(Set.of());
    shipAll(new SliceShipper(0, home, TestKeys.TRUST, link));
    assertThat(away.list(StatementKind.SEGMENT)).hasSize(1);
  }

  @Test
  void otherHistory_delivered_isAFork() throws Exception {
    archiver().archive(0, log);
    shipAll(shipper());
    MemoryStore other = new MemoryStore();
    new SliceArchiver(
            0, other, TestKeys.TRUST, new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3))
        .archive(0, new TestLog(0, 2).batches(5));
    ByteString forged = ByteString.copyFrom(other.read(ArchiveName.segment(0, 1)).orElseThrow());
    assertThatThrownBy(() -> link.deliver(ArchiveName.segment(0, 1), forged))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("REPLICA_FORKED");
  }

  @Test
  void manifests_shipped_nameEverySegmentOnce() throws Exception {
    ManifestMaker maker = new ManifestMaker(home, TestKeys.TRUST, TestKeys.HOME, 1);
    SliceArchiver archiver = archiver();
    assertThat(maker.make()).isFalse();
    archiver.archive(0, log.subList(0, 10));
    assertThat(maker.make()).isTrue();
    assertThat(maker.make()).isFalse();
    archiver.archive(10, log.subList(10, 20));
    assertThat(new ManifestMaker(home, TestKeys.TRUST, TestKeys.HOME, 1).make()).isTrue();
    assertThat(maker.make()).isFalse();
    FileShipper manifests = new FileShipper(StatementKind.MANIFEST, home, link);
    assertThatThrownBy(() -> shipAll(manifests)).isInstanceOf(LinkException.class);
    shipAll(shipper());
    shipAll(manifests);
    assertThat(away.list(StatementKind.MANIFEST)).hasSize(2);
    assertThat(
            new ReplicaVerifier(away, new MemoryBlobStore(), TestKeys.TRUST)
                .verify(ReplicaAnchor.NONE)
                .findings())
        .isEmpty();
  }

  @Test
  void siblingThatLostManifestsDeletedHere_refuses_andIsNotAskedForEver() throws Exception {
    ManifestMaker maker = new ManifestMaker(home, TestKeys.TRUST, TestKeys.HOME, 1);
    for (int i = 0; i < 20; i += 5) {
      archiver().archive(i, log.subList(i, i + 5));
      assertThat(maker.make()).isTrue();
    }
    shipAll(shipper());
    home.files().remove(new ArchiveName(StatementKind.MANIFEST, 0, 1));
    FileShipper manifests = new FileShipper(StatementKind.MANIFEST, home, link);
    assertThatThrownBy(() -> shipAll(manifests))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("REPLICA_GAP");
    assertThat(away.list(StatementKind.MANIFEST)).isEmpty();
  }

  private static void shipAll(FileShipper shipper) throws Exception {
    while (shipper.step().isPresent()) {}
  }
}
