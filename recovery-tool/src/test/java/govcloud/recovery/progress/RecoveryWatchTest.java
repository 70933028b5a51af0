package govcloud.recovery.progress;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.recovery.LostCloud;
import govcloud.recovery.plan.PlanScan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.prove.ProofProgress;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.Progressed;
import govcloud.recovery.restore.RestoreProgress;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RecoveryWatchTest {
  @TempDir private Path folder;
  private LostCloud cloud;
  private RecoveryPlan plan;
  private RecoveryPoint latest;
  private RecoveryPoint first;
  private Instant now = Instant.parse("2026-03-03T01:00:00Z");

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 29);
    try (RecoverySecrets secrets =
        RecoverySecrets.join(cloud.keys().recovery(), cloud.shares().subList(1, 4))) {
      Replica replica =
          new Replica(FileSystemArchiveStore.open(cloud.archive()), cloud.trust(), secrets);
      latest = replica.point(OptionalLong.empty());
      first = replica.point(OptionalLong.of(1));
      plan = new PlanScan(replica, latest, first.cut()).run(2);
    }
  }

  private RecoveryWatch watch(RecoveryPoint point) {
    return new RecoveryWatch(LostCloud.NAME, LostCloud.SIBLING, point, () -> now);
  }

  private ProofReport report(String damaged) {
    List<TenantProof> tenants =
        cloud.tenants().stream()
            .map(name -> new TenantProof(name, 1, 1, 1, 0, "", !name.equals(damaged)))
            .toList();
    boolean all = damaged.equals("none");
    return new ProofReport("latest", OptionalLong.of(2), tenants, 1, List.of(), all ? 0 : 1);
  }

  @Test
  void tenants_goFromWaitingToProvedOrDamaged() {
    RecoveryWatch watch = watch(latest);
    assertThat(watch.snapshot().tenants()).isEmpty();
    watch.counted(plan);
    int all = cloud.tenants().size();
    assertThat(watch.snapshot().count(TenantState.WAITING)).isEqualTo(all);
    watch.restoring(new RestoreProgress(10), true);
    assertThat(watch.snapshot().phases().get(Phase.RESTORE)).isZero();
    watch.restored();
    assertThat(watch.snapshot().count(TenantState.RESTORED)).isEqualTo(all);
    watch.proving(new ProofProgress(1));
    watch.proved(report("bureau-2"));
    Snapshot end = watch.snapshot();
    assertThat(end.outcome()).contains(false);
    assertThat(end.count(TenantState.DAMAGED)).isEqualTo(1);
    assertThat(end.count(TenantState.PROVED)).isEqualTo(all - 1);
    assertThat(end.phases().get(Phase.CUT)).isEqualTo(1);
    now = now.plusSeconds(100);
    assertThat(watch.snapshot().now()).as("time stands still").isEqualTo(end.now());
  }

  @Test
  void untilTheFirstDepartment_isTheLogOfAll_andLessThanUntilTheLast() {
    RecoveryWatch watch = watch(latest);
    watch.counted(plan);
    RestoreProgress progress = new RestoreProgress(100);
    watch.restoring(progress, true);
    assertThat(watch.snapshot().first()).as("too little seen").isEmpty();
    goOn(watch, progress);
    Snapshot restoring = watch.snapshot();
    assertThat(restoring.first().orElseThrow().likely())
        .isPositive()
        .isLessThan(restoring.left().orElseThrow().likely());
    watch.tenantProved(new TenantProof("", 1, 1, 1, 0, "", true));
    assertThat(watch.snapshot().first()).as("the cloud's own is no department").isPresent();
    watch.tenantProved(new TenantProof("bureau-2", 1, 1, 1, 0, "", true));
    assertThat(watch.snapshot().first()).isEmpty();
  }

  /** A segment each second. */
  private void goOn(RecoveryWatch watch, RestoreProgress progress) {
    for (int i = 0; i < 10; i++) {
      Progressed.segment(progress);
      now = now.plusSeconds(1);
      watch.snapshot();
    }
  }

  @Test
  void restoreWithoutProof_opensNobody() {
    RecoveryWatch watch = watch(latest);
    watch.counted(plan);
    RestoreProgress progress = new RestoreProgress(100);
    watch.restoring(progress, false);
    goOn(watch, progress);
    assertThat(watch.snapshot().left()).isPresent();
    assertThat(watch.snapshot().first()).isEmpty();
  }

  @Test
  void records_areThoseUpToThePoint() {
    RecoveryWatch whole = watch(latest);
    whole.counted(plan);
    assertThat(records(whole)).isEqualTo(cloud.records().size());
    RecoveryWatch cut = watch(first);
    cut.counted(plan);
    assertThat(records(cut))
        .isEqualTo(cloud.sequencesAtCut(1).values().stream().mapToLong(n -> n).sum());
  }

  private static long records(RecoveryWatch watch) {
    return watch.snapshot().tenants().stream().mapToLong(TenantProgress::records).sum();
  }
}
