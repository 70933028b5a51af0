package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutEraserTest {
  private static final Duration RETENTION = Duration.ofDays(400);
  private static final CutDeletion TWO = new CutDeletion(2, "d-1");

  private final TestCloud cloud = new TestCloud(11);

  @BeforeEach
  void threeCuts() throws Exception {
    for (int day = 1; day <= 3; day++) {
      cut();
    }
  }

  private Cut cut() throws Exception {
    cloud.work(6);
    TestCloud.Moment moment = cloud.close();
    cloud.archiveAll();
    return cloud.make(moment).orElseThrow();
  }

  private void countersign(Cut cut) throws Exception {
    cloud.store.put(
        ArchiveName.countersignature(cut.statement().getNumber()),
        Countersignature.write(TestKeys.SIBLING, cut, 1));
  }

  private CutEraser eraser(Instant now, Erasure erasure) {
    CutLock lock =
        new CutLock(cloud.store, TestKeys.TRUST, RETENTION, Clock.fixed(now, ZoneOffset.UTC));
    return new CutEraser(cloud.store, erasure, TestKeys.TRUST, lock, true);
  }

  /** When the time-lock of a cut is over. */
  private Instant free(long number) throws Exception {
    ArchiveName name = ArchiveName.cut(number);
    return Cut.verify(name, cloud.store.read(name).orElseThrow(), TestKeys.TRUST)
        .closedAt()
        .plus(RETENTION);
  }

  private List<Finding> findings() throws Exception {
    return report().findings();
  }

  private ReplicaReport report() throws Exception {
    return new ReplicaVerifier(cloud.store, cloud.blobs, TestKeys.TRUST).verify(ReplicaAnchor.NONE);
  }

  private List<Long> cuts() {
    return cloud.store.list(StatementKind.CUT).stream().map(ArchiveName::number).toList();
  }

  @Test
  void agreed_pastTheTimeLock_isGone_andTheReplicaIsSound() throws Exception {
    Instant free = free(2);
    cloud.deletion = TWO;
    countersign(cut());
    assertThat(eraser(free, cloud.store).erase()).isEqualTo(TWO);
    assertThat(cuts()).containsExactly(3L, 4L);
    assertThat(report().findings()).isEmpty();
    assertThat(report().provedCuts()).containsExactly(3L, 4L);
    assertThat(eraser(free, cloud.store).erase()).isEqualTo(TWO);
  }

  @Test
  void withinTheTimeLock_nothingIsDeleted_whateverWasAgreed() throws Exception {
    cloud.deletion = TWO;
    countersign(cut());
    assertThat(eraser(free(2).minusMillis(1), cloud.store).erase()).isEqualTo(CutDeletion.NONE);
    assertThat(cuts()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void notCountersignedYet_nothingIsDeleted() throws Exception {
    cloud.deletion = TWO;
    cut();
    assertThat(eraser(free(4), cloud.store).erase()).isEqualTo(CutDeletion.NONE);
    assertThat(cuts()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void nobodyAgreed_oldAsTheyAre_cutsStay() throws Exception {
    countersign(cut());
    assertThat(eraser(free(4).plus(RETENTION), cloud.store).erase()).isEqualTo(CutDeletion.NONE);
    assertThat(cuts()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void deletedWithoutAgreement_isFound() throws Exception {
    countersign(cut());
    cloud.store.erase(ArchiveName.cut(2));
    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.defect()).isEqualTo(ReplicaDefect.REPLICA_MISSING));
  }

  @Test
  void deletedBehindWhatWasAgreed_isFound() throws Exception {
    cloud.deletion = TWO;
    countersign(cut());
    cloud.store.erase(ArchiveName.cut(3));
    assertThat(findings()).extracting(Finding::name).contains(ArchiveName.cut(3).text());
  }

  @Test
  void laterCuts_sayItToo_andNeverLess() throws Exception {
    cloud.deletion = TWO;
    cut();
    cloud.deletion = new CutDeletion(1, "d-0");
    assertThat(cut().deletion()).isEqualTo(TWO);
    cloud.deletion = CutDeletion.NONE;
    assertThat(cut().deletion()).isEqualTo(TWO);
  }

  @Test
  void stoppedAfterEachFile_goesOn_andIsSoundInBetween() throws Exception {
    Instant free = free(2);
    cloud.deletion = TWO;
    countersign(cut());
    int steps = 0;
    for (boolean stopped = true; stopped; steps++) {
      try {
        eraser(free, oneFileAtATime()).erase();
        stopped = false;
      } catch (ArchiveStoreException e) {
        assertThat(findings()).isEmpty();
      }
    }
    assertThat(steps).isEqualTo(2);
    assertThat(cuts()).containsExactly(3L, 4L);
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
  void deletionWithoutOperation_isNone() {
    assertThatThrownBy(() -> new CutDeletion(3, ""))
        .hasMessage("deletion: 3 by \"\" (expected: >= 1 and an operation)");
  }
}
