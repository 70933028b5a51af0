package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutContent;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.CutWriter;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersignerTest {

  @TempDir Path folder;
  private final TestCloud cloud = new TestCloud(11);
  private final AtomicInteger reads = new AtomicInteger();
  private final MemoryStore sibling =
      new MemoryStore() {
        @Override
        public synchronized Optional<byte[]> read(ArchiveName name) {
          reads.addAndGet(name.kind() == StatementKind.SEGMENT ? 1 : 0);
          return super.read(name);
        }
      };

  private final MemoryBlobStore siblingBlobs = new MemoryBlobStore();

  private Countersigner countersigner() {
    return new Countersigner(
        sibling,
        siblingBlobs,
        TestKeys.TRUST,
        TestKeys.SIBLING,
        folder.resolve("checkpoint"),
        Clock.systemUTC());
  }

  /** A day's work, cut at the end; segments go to the sibling. */
  private Cut day() throws Exception {
    return day(true);
  }

  private Cut day(boolean ship) throws Exception {
    cloud.work(30);
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    Cut cut = cloud.make(moment).orElseThrow();
    if (ship) {
      ship();
    }
    cloud.epoch++;
    return cut;
  }

  private void ship() throws Exception {
    for (ArchiveName name : cloud.store.list(StatementKind.SEGMENT)) {
      sibling.put(name, ByteString.copyFrom(cloud.store.read(name).orElseThrow()));
    }
  }

  private ByteString countersign(Cut cut) throws Exception {
    return countersigner()
        .countersign(ArchiveName.cut(cut.statement().getNumber()), cut.file().toByteArray());
  }

  private static void assertRefused(ReplicaDefect defect, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DamagedReplicaException.class,
            e -> assertThat(e.finding().defect()).as(e.getMessage()).isEqualTo(defect));
  }

  @Test
  void rightCuts_areCountersigned_andTheReplicaIsSound() throws Exception {
    for (int i = 1; i <= 3; i++) {
      Cut cut = day();
      ByteString answer = countersign(cut);
      Countersignature.verify(ArchiveName.countersignature(i), answer.toByteArray(), TestKeys.TRUST)
          .requireFor(cut);
      assertThat(countersign(cut)).isEqualTo(answer);
    }
    ReplicaReport report =
        new ReplicaVerifier(sibling, siblingBlobs, TestKeys.TRUST).verify(ReplicaAnchor.NONE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.provedCuts()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void checkpoint_savesReading_andIsNotTrusted() throws Exception {
    countersign(day());
    Cut second = day();
    byte[] good = Files.readAllBytes(folder.resolve("checkpoint"));
    int all = sibling.list(StatementKind.SEGMENT).size();
    byte[] damaged = good.clone();
    damaged[good.length - 1] ^= 1;
    Files.write(folder.resolve("checkpoint"), damaged);
    reads.set(0);
    ByteString signed = countersign(second);
    int without = reads.get();
    assertThat(without).isGreaterThan(all);
    sibling.files().remove(ArchiveName.countersignature(2));
    Files.write(folder.resolve("checkpoint"), good);
    reads.set(0);
    ByteString again = countersign(second);
    assertThat(reads.get()).isLessThan(without - 3);
    assertThat(again).isNotEqualTo(signed);
  }

  @Test
  void segmentThatIsNotHereYet_isMissing() throws Exception {
    Cut cut = day(false);
    assertRefused(ReplicaDefect.REPLICA_MISSING, () -> countersign(cut));
    assertThat(sibling.list(StatementKind.CUT)).isEmpty();
    ship();
    assertThat(countersign(cut)).isNotNull();
  }

  @Test
  void attachmentThatIsNotHereYet_isMissing_andTheFirstIsNamed() throws Exception {
    List<BlobAddress> addresses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      addresses.add(cloud.attach("attachment " + i));
    }
    Collections.sort(addresses);
    siblingBlobs.add(cloud.blobs.blobs().get(addresses.get(0)));
    siblingBlobs.add(cloud.blobs.blobs().get(addresses.get(3)));
    siblingBlobs.add(new byte[] {1});
    Cut cut = day();
    assertThat(cut.statement().getBlobList()).hasSize(5);
    assertThatThrownBy(() -> countersign(cut))
        .hasMessageContaining("REPLICA_MISSING " + addresses.get(1).name());
    siblingBlobs.blobs().putAll(cloud.blobs.blobs());
    byte[] whole = siblingBlobs.blobs().get(addresses.get(4));
    siblingBlobs.blobs().put(addresses.get(4), Arrays.copyOf(whole, whole.length - 1));
    assertRefused(ReplicaDefect.REPLICA_MISMATCH, () -> countersign(cut));
    siblingBlobs.blobs().put(addresses.get(4), whole);
    assertThat(countersign(cut)).isNotNull();
  }

  @Test
  void cutWithAnAttachmentOfAnotherLength_isFoundByTheVerifier() throws Exception {
    BlobAddress address = cloud.attach("one");
    siblingBlobs.blobs().putAll(cloud.blobs.blobs());
    Cut right = day();
    CutBlob wrong = CutBlob.newBuilder().setAddress(address.hash()).setLength(3).build();
    ByteString file =
        new CutWriter(TestKeys.HOME, TestKeys.epoch(1), 3)
            .write(
                1,
                ByteString.EMPTY,
                new CutContent(
                    right.statement().getClosedClock(),
                    heads(right),
                    TestCloud.opened(right),
                    List.of(wrong),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    CutDeletion.NONE,
                    ManifestBeginning.NONE,
                    false));
    sibling.put(ArchiveName.cut(1), file);
    ReplicaReport report =
        new ReplicaVerifier(sibling, siblingBlobs, TestKeys.TRUST).verify(ReplicaAnchor.NONE);
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.defect()).isEqualTo(ReplicaDefect.REPLICA_MISMATCH);
              assertThat(finding.name()).isEqualTo(ArchiveName.cut(1).text());
            });
  }

  @Test
  void cutBehindOneThatIsNotCountersigned_isAGap() throws Exception {
    Cut first = day();
    Cut second = day();
    assertRefused(ReplicaDefect.REPLICA_GAP, () -> countersign(second));
    countersign(first);
    assertThat(countersign(second)).isNotNull();
  }

  @Test
  void cutsThatTellOtherwise_areRefused() throws Exception {
    countersign(day());
    Cut right = day();
    Map<String, Map<String, EntityHead>> tenants = TestCloud.opened(right);
    long closed = right.statement().getClosedClock();
    ByteString previous = right.statement().getPreviousCut();
    assertRefused(
        ReplicaDefect.REPLICA_MISMATCH,
        () -> countersign(forged(previous, closed, without(tenants), heads(right))));
    assertRefused(
        ReplicaDefect.REPLICA_MISMATCH,
        () -> countersign(forged(previous, closed, shorter(tenants), heads(right))));
    assertRefused(
        ReplicaDefect.REPLICA_FORKED,
        () ->
            countersign(
                forged(ByteString.copyFrom(TestKeys.filled(3)), closed, tenants, heads(right))));
    assertRefused(
        ReplicaDefect.REPLICA_MISMATCH,
        () -> countersign(forged(previous, closed - 1, tenants, heads(right).subList(1, 3))));
    assertRefused(
        ReplicaDefect.REPLICA_MISMATCH,
        () -> countersign(forged(previous, closed << 1, tenants, heads(right))));
    assertRefused(
        ReplicaDefect.REPLICA_MISMATCH,
        () -> countersign(forged(previous, 1, tenants, heads(right))));
    List<SliceHead> other = heads(right);
    SliceHead first = other.get(0);
    other.set(
        0,
        new SliceHead(
            0, first.number() - 1, first.segmentHash(), first.nextOffset(), first.chain()));
    assertRefused(
        ReplicaDefect.REPLICA_FORKED, () -> countersign(forged(previous, closed, tenants, other)));
    assertThat(countersign(right)).isNotNull();
    assertRefused(
        ReplicaDefect.REPLICA_FORKED,
        () -> countersign(forged(previous, closed, without(tenants), heads(right))));
  }

  private static Map<String, Map<String, EntityHead>> without(
      Map<String, Map<String, EntityHead>> tenants) {
    Map<String, Map<String, EntityHead>> fewer = new HashMap<>(tenants);
    fewer.remove("housing");
    return fewer;
  }

  private static Map<String, Map<String, EntityHead>> shorter(
      Map<String, Map<String, EntityHead>> tenants) {
    Map<String, Map<String, EntityHead>> other = new HashMap<>(tenants);
    Map<String, EntityHead> entities = new HashMap<>(other.get("planning"));
    String id = entities.keySet().iterator().next();
    entities.put(id, new EntityHead(entities.get(id).sequence(), ByteString.EMPTY));
    other.put("planning", entities);
    return other;
  }

  private List<SliceHead> heads(Cut cut) throws Exception {
    List<SliceHead> heads = new ArrayList<>();
    for (var slice : cut.statement().getSliceList()) {
      ArchiveName name = ArchiveName.segment(slice.getSlice(), slice.getSegment());
      heads.add(Segment.verify(name, cloud.store.read(name).orElseThrow(), TestKeys.TRUST).head());
    }
    return heads;
  }

  /** Signed by the home cloud, and wrong. */
  private static Cut forged(
      ByteString previous,
      long closed,
      Map<String, Map<String, EntityHead>> tenants,
      List<SliceHead> heads)
      throws Exception {
    CutContent content =
        new CutContent(
            closed,
            heads,
            tenants,
            List.<CutBlob>of(),
            new TreeMap<>(),
            new TreeMap<>(),
            CutDeletion.NONE,
            ManifestBeginning.NONE,
            false);
    ByteString file =
        new CutWriter(TestKeys.HOME, TestKeys.epoch(2), 3).write(2, previous, content);
    return Cut.verify(ArchiveName.cut(2), file.toByteArray(), TestKeys.TRUST);
  }
}
