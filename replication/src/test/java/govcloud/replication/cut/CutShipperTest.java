package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutShipperTest {

  @TempDir Path folder;
  private final TestCloud cloud = new TestCloud(21);
  private final MemoryStore sibling = new MemoryStore();
  private boolean answersLost;

  private final SiblingLink link =
      new SiblingLink() {
        @Override
        public Optional<ByteString> deliver(ArchiveName name, ByteString file)
            throws LinkException, RefusedException {
          try {
            ByteString answer =
                new Countersigner(
                        sibling,
                        cloud.blobs,
                        TestKeys.TRUST,
                        TestKeys.SIBLING,
                        folder.resolve("checkpoint"),
                        Clock.systemUTC())
                    .countersign(name, file.toByteArray());
            if (answersLost) {
              throw new LinkException("cut", null);
            }
            return Optional.of(answer);
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
      };

  private void day() throws Exception {
    cloud.work(10);
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    assertThat(cloud.make(moment)).isPresent();
  }

  private void ship() throws Exception {
    for (ArchiveName name : cloud.store.list(StatementKind.SEGMENT)) {
      sibling.put(name, ByteString.copyFrom(cloud.store.read(name).orElseThrow()));
    }
  }

  private CutShipper shipper() {
    return new CutShipper(cloud.store, TestKeys.TRUST, link);
  }

  @Test
  void cuts_getTheirCountersignatures_inOrder() throws Exception {
    day();
    day();
    ship();
    CutShipper shipper = shipper();
    assertThat(shipper.step()).contains(1L);
    assertThat(shipper.step()).contains(2L);
    assertThat(shipper.step()).isEmpty();
    assertThat(cloud.store.list(StatementKind.COUNTERSIGNATURE)).hasSize(2);
    assertThat(shipper().step()).isEmpty();
  }

  @Test
  void siblingWithoutTheSegments_isAskedAgainLater() throws Exception {
    day();
    CutShipper shipper = shipper();
    assertThatThrownBy(shipper::step).isInstanceOf(LinkException.class);
    ship();
    assertThat(shipper.step()).contains(1L);
  }

  @Test
  void answersThatWereLost_areFetchedForEachCut() throws Exception {
    day();
    ship();
    answersLost = true;
    assertThatThrownBy(shipper()::step).isInstanceOf(LinkException.class);
    day();
    ship();
    answersLost = false;
    CutShipper shipper = shipper();
    assertThat(shipper.step()).contains(1L);
    assertThat(shipper.step()).contains(2L);
  }

  @Test
  void siblingThatLostCutsDeletedHere_refuses_andIsNotPassedOver() throws Exception {
    day();
    day();
    ship();
    CutShipper shipper = shipper();
    shipper.step();
    shipper.step();
    day();
    ship();
    sibling.files().keySet().removeIf(name -> name.kind() == StatementKind.COUNTERSIGNATURE);
    sibling.files().keySet().removeIf(name -> name.kind() == StatementKind.CUT);
    cloud.store.files().remove(ArchiveName.cut(1));
    CutShipper again = shipper();
    assertThatThrownBy(again::step).isInstanceOf(LinkException.class);
    assertThatThrownBy(again::step).isInstanceOf(RefusedException.class);
    assertThatThrownBy(again::step).isInstanceOf(RefusedException.class);
  }

  @Test
  void siblingThatLostItsCuts_getsThemAgain() throws Exception {
    day();
    day();
    ship();
    CutShipper shipper = shipper();
    shipper.step();
    shipper.step();
    day();
    ship();
    sibling.files().keySet().removeIf(name -> name.kind() == StatementKind.COUNTERSIGNATURE);
    sibling.files().keySet().removeIf(name -> name.kind() == StatementKind.CUT);
    CutShipper again = shipper();
    assertThatThrownBy(again::step).isInstanceOf(LinkException.class);
    assertThatThrownBy(again::step).isInstanceOf(LinkException.class);
    assertThat(again.step()).contains(1L);
    assertThat(again.step()).contains(2L);
    assertThat(again.step()).contains(3L);
  }
}
