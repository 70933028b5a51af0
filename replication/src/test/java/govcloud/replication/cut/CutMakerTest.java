package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutMakerTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void cuts_acrossEpochs_equalTheLogAtTheirMoments(long seed) throws Exception {
    TestCloud cloud = new TestCloud(seed);
    for (int day = 1; day <= 4; day++) {
      cloud.work(12);
      TestCloud.Moment moment = cloud.close();
      cloud.work(3);
      cloud.archiveAll();
      Cut cut = cloud.make(moment).orElseThrow();
      assertThat(cut.statement().getNumber()).isEqualTo(day);
      assertThat(TestCloud.opened(cut)).isEqualTo(moment.heads());
      cloud.epoch++;
    }
    ReplicaReport report =
        new ReplicaVerifier(cloud.store, cloud.blobs, TestKeys.TRUST).verify(ReplicaAnchor.NONE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.provedCuts()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void segmentsThatAreNotThereYet_areWaitedFor() throws Exception {
    TestCloud cloud = new TestCloud(77);
    cloud.work(9);
    TestCloud.Moment moment = cloud.close();
    try (CutMaker maker = cloud.maker()) {
      CutOrder order = cloud.order(moment, Set.of());
      for (int slice = 0; slice < TestCloud.SLICES; slice++) {
        assertThat(maker.make(order, TestKeys.epoch(1))).isEmpty();
        cloud.archive(slice);
      }
      Cut cut = maker.make(order, TestKeys.epoch(1)).orElseThrow();
      assertThat(TestCloud.opened(cut)).isEqualTo(moment.heads());
    }
  }

  @Test
  void sameOrder_again_findsTheCutMade_alsoBySomebodyElse() throws Exception {
    TestCloud cloud = new TestCloud(5);
    cloud.work(9);
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    Cut first = cloud.make(moment).orElseThrow();
    byte[] bytes = cloud.store.read(ArchiveName.cut(1)).orElseThrow();
    assertThat(cloud.make(moment).orElseThrow().hash()).isEqualTo(first.hash());
    cloud.store.files().remove(ArchiveName.cut(1));
    cloud.make(moment);
    assertThat(cloud.store.read(ArchiveName.cut(1)).orElseThrow()).isEqualTo(bytes);
    assertThat(cloud.store.list(StatementKind.CUT)).hasSize(1);
  }

  @Test
  void momentBeforeTheLastCut_isRefused() throws Exception {
    TestCloud cloud = new TestCloud(6);
    cloud.work(9);
    TestCloud.Moment early = cloud.close();
    cloud.work(3);
    TestCloud.Moment late = cloud.close();
    cloud.archiveAll();
    cloud.make(late);
    assertThatThrownBy(() -> cloud.make(early))
        .hasMessage("closed clock: " + early.clock() + " (expected: > " + late.clock() + ")");
  }

  @Test
  void laterMoment_afterAnEarlierOneWasGivenUp_isCut() throws Exception {
    TestCloud cloud = new TestCloud(8);
    cloud.work(9);
    TestCloud.Moment early = cloud.close();
    try (CutMaker maker = cloud.maker()) {
      assertThat(maker.make(cloud.order(early, Set.of()), TestKeys.epoch(1))).isEmpty();
      cloud.archive(0);
      assertThat(maker.make(cloud.order(early, Set.of()), TestKeys.epoch(1))).isEmpty();
      cloud.work(5);
      TestCloud.Moment late = cloud.close();
      cloud.archiveAll();
      Cut cut = maker.make(cloud.order(late, Set.of()), TestKeys.epoch(1)).orElseThrow();
      assertThat(TestCloud.opened(cut)).isEqualTo(late.heads());
    }
  }

  @Test
  void tenantsWithoutKnownName_areFoundInTheSegments() throws Exception {
    TestCloud cloud = new TestCloud(9);
    cloud.attach("one");
    cloud.work(20);
    TestCloud.Moment first = cloud.close();
    cloud.archiveAll();
    cloud.make(first);
    cloud.epoch = 2;
    cloud.work(2);
    TestCloud.Moment second = cloud.close();
    cloud.archiveAll();
    try (CutMaker maker = cloud.maker()) {
      Cut cut = maker.make(cloud.order(second, Set.of()), TestKeys.epoch(2)).orElseThrow();
      assertThat(TestCloud.opened(cut)).isEqualTo(second.heads());
      assertThat(cut.statement().getBlobList()).hasSize(1);
      assertThat(List.of(cut.statement().getSetting(0).getName()))
          .containsExactly("govcloud.journal.slices");
    }
  }

  @Test
  void damagedSegment_isNamed() throws Exception {
    TestCloud cloud = new TestCloud(10);
    cloud.work(9);
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    byte[] file = cloud.store.read(ArchiveName.segment(1, 1)).orElseThrow().clone();
    file[file.length - 1] ^= 1;
    cloud.store.files().put(ArchiveName.segment(1, 1), file);
    assertThatThrownBy(() -> cloud.make(moment)).hasMessageContaining("REPLICA_CHUNK_DAMAGED");
  }
}
