package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.shipping.SiblingLostException;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sibling that lost its replica, at a cloud that has deleted its older cuts and manifests. */
@Tag("slow")
class RefillTest {
  private final TestCloud cloud = new TestCloud(29);
  private MemoryStore sibling = new MemoryStore();
  private SiblingLink link;
  private int cutAfter = Integer.MAX_VALUE;
  @TempDir private Path folder;

  /** The sibling's own nodes, on the store that it has when they start. */
  private final class Nodes implements SiblingLink {
    private final MemoryStore store = sibling;
    private final Receiver receiver =
        new Receiver(store, store, TestKeys.TRUST, TestKeys.SIBLING, Clock.systemUTC());
    private final Countersigner countersigner =
        new Countersigner(
            store,
            cloud.blobs,
            TestKeys.TRUST,
            TestKeys.SIBLING,
            folder.resolve("checkpoint"),
            Clock.systemUTC());

    @Override
    public Optional<ByteString> deliver(ArchiveName name, ByteString file)
        throws LinkException, RefusedException {
      if (--cutAfter < 0) {
        throw new LinkException("cut", null);
      }
      try {
        byte[] bytes = file.toByteArray();
        if (name.kind() == StatementKind.SEGMENT) {
          return Optional.of(receiver.segment(name, bytes));
        }
        if (name.kind() == StatementKind.CUT) {
          return Optional.of(countersigner.countersign(name, bytes));
        }
        receiver.manifest(name, bytes);
        return Optional.of(ByteString.EMPTY);
      } catch (DamagedReplicaException e) {
        throw new RefusedException(e.finding().defect().name(), e.getMessage());
      } catch (ArchiveStoreException e) {
        throw new LinkException("no archive", e);
      }
    }

    @Override
    public Optional<ByteString> answer(ArchiveName name) {
      return Optional.empty();
    }

    @Override
    public int window() {
      return 1;
    }

    @Override
    public OptionalLong lastSegment(int slice) throws LinkException {
      try {
        return OptionalLong.of(receiver.lastSegment(slice));
      } catch (ArchiveStoreException e) {
        throw new LinkException("no archive", e);
      }
    }
  }

  @BeforeEach
  void sixDays_fourDeleted() throws Exception {
    link = new Nodes();
    for (int day = 1; day <= 6; day++) {
      cloud.deletion = day < 5 ? CutDeletion.NONE : new CutDeletion(4, "d-1");
      day();
      shipAll(false);
    }
    CutLock lock =
        new CutLock(
            cloud.store,
            TestKeys.TRUST,
            Duration.ofDays(1),
            Clock.fixed(Instant.ofEpochMilli(Long.MAX_VALUE / 2), ZoneOffset.UTC));
    new CutEraser(cloud.store, cloud.store, TestKeys.TRUST, lock, true).erase();
    assertThat(cloud.store.list(StatementKind.CUT)).hasSize(2);
    assertThat(cloud.store.read(ArchiveName.manifest(1))).isEmpty();
  }

  private void day() throws Exception {
    var maker = new ManifestMaker(cloud.store, TestKeys.TRUST, TestKeys.HOME, TestCloud.SLICES);
    cloud.work(6);
    cloud.attach("day " + cloud.store.files().size());
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    assertThat(cloud.make(moment)).isPresent();
    maker.make();
  }

  /** What the home's nodes do, with memories of their own. */
  private void shipAll(boolean refilled) throws Exception {
    for (int slice = 0; slice < TestCloud.SLICES; slice++) {
      SliceShipper shipper = shipper(slice);
      if (refilled) {
        shipper.refill(0);
      }
      shipper.check();
      while (shipper.step() == SliceShipper.Step.DONE) {}
      assertThat(shipper.missing()).isZero();
    }
    CutShipper cuts = new CutShipper(cloud.store, TestKeys.TRUST, link);
    for (int tries = 0; tries < 20; tries++) {
      try {
        while (cuts.step().isPresent()) {}
      } catch (LinkException e) {
        assertThat(e).hasMessageContaining("needs the cut before");
      }
    }
    FileShipper manifests = new FileShipper(StatementKind.MANIFEST, cloud.store, link);
    while (manifests.step().isPresent()) {}
  }

  private SliceShipper shipper(int slice) throws Exception {
    return new SliceShipper(slice, cloud.store, TestKeys.TRUST, link);
  }

  private void lose() {
    sibling = new MemoryStore();
    link = new Nodes();
  }

  private ReplicaReport report() throws Exception {
    return new ReplicaVerifier(sibling, cloud.blobs, TestKeys.TRUST).verify(ReplicaAnchor.NONE);
  }

  @Test
  void replicaLost_isAnAlarm_andNothingIsSent_untilPeopleRefillIt() throws Exception {
    lose();
    assertThatThrownBy(() -> shipper(0).check())
        .isInstanceOf(SiblingLostException.class)
        .hasMessageContaining("up to 0");
    cloud.work(6);
    cloud.archiveAll();
    for (int slice = 0; slice < TestCloud.SLICES; slice++) {
      SliceShipper shipper = shipper(slice);
      if (shipper.progress().number()
          < cloud.store.last(StatementKind.SEGMENT, slice).orElseThrow().number()) {
        assertThatThrownBy(shipper::step).isInstanceOf(SiblingLostException.class);
      }
    }
    assertThat(sibling.files()).isEmpty();
  }

  @Test
  void refilled_isSound_behindWhatWasDeleted_andGoesOn() throws Exception {
    lose();
    day();
    shipAll(true);
    assertThat(report().findings()).isEmpty();
    assertThat(report().provedCuts()).containsExactly(5L, 6L, 7L);
    assertThat(sibling.list(StatementKind.SEGMENT))
        .isEqualTo(cloud.store.list(StatementKind.SEGMENT));
    assertThat(sibling.list(StatementKind.MANIFEST))
        .isEqualTo(cloud.store.list(StatementKind.MANIFEST));
    day();
    shipAll(false);
    assertThat(report().findings()).isEmpty();
    assertThat(report().provedCuts()).containsExactly(5L, 6L, 7L, 8L);
  }

  @Test
  void olderCopyPutBack_isFilledFromThere() throws Exception {
    MemoryStore old = new MemoryStore(sibling);
    day();
    shipAll(false);
    sibling = old;
    link = new Nodes();
    assertThatThrownBy(() -> shipAll(false)).isInstanceOf(SiblingLostException.class);
    int before = old.list(StatementKind.SEGMENT).size();
    cutAfter = cloud.store.list(StatementKind.SEGMENT).size() - before;
    for (int slice = 0; slice < TestCloud.SLICES; slice++) {
      SliceShipper shipper = shipper(slice);
      shipper.refill(0);
      while (shipper.step() == SliceShipper.Step.DONE) {}
    }
    assertThat(sibling.list(StatementKind.SEGMENT))
        .isEqualTo(cloud.store.list(StatementKind.SEGMENT));
  }

  @Test
  void lineCutAfterEachFile_andBegunAgain_isWholeInTheEnd() throws Exception {
    lose();
    int tries = 0;
    for (boolean whole = false; !whole; tries++) {
      cutAfter = 2;
      try {
        for (int slice = 0; slice < TestCloud.SLICES; slice++) {
          SliceShipper shipper = shipper(slice);
          shipper.refill(0);
          while (shipper.step() == SliceShipper.Step.DONE) {}
        }
        whole = true;
      } catch (LinkException e) {
        assertThat(e).hasMessage("cut");
      }
    }
    assertThat(tries).isGreaterThan(3);
    cutAfter = Integer.MAX_VALUE;
    day();
    shipAll(false);
    assertThat(report().findings()).isEmpty();
    assertThat(sibling.list(StatementKind.SEGMENT))
        .isEqualTo(cloud.store.list(StatementKind.SEGMENT));
  }

  @Test
  void diskLostUnderARunningSibling_signsNothingMore() throws Exception {
    sibling.files().clear();
    day();
    assertThatThrownBy(() -> shipAll(false)).isInstanceOf(SiblingLostException.class);
    for (int slice = 0; slice < TestCloud.SLICES; slice++) {
      SliceShipper shipper = shipper(slice);
      if (shipper.progress().number()
          < cloud.store.last(StatementKind.SEGMENT, slice).orElseThrow().number()) {
        assertThatThrownBy(shipper::step).isInstanceOf(SiblingLostException.class);
      }
    }
    assertThat(sibling.files()).isEmpty();
  }
}
