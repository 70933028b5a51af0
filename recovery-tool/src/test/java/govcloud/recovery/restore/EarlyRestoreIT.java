package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.recovery.LostCloud;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.TestTarget;
import govcloud.recovery.index.ArchiveIndex;
import govcloud.recovery.index.IndexScan;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.replication.archive.ArchiveName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A first department before the log of all, into a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyRestoreIT {
  private static final RestoreSettings HOW = new RestoreSettings(2, 8, 2000, 500, Writer.CQL);

  private Path folder;
  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path empty) throws Exception {
    folder = empty;
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 41);
  }

  private static List<TenantProof> early(TestTarget target, RecoveryPoint point)
      throws RecoveryException {
    List<TenantProof> proofs = new ArrayList<>();
    early(target, point, proofs::add);
    return proofs;
  }

  private static void early(TestTarget target, RecoveryPoint point, Consumer<TenantProof> told)
      throws RecoveryException {
    target.target().claim(point);
    TargetTenants order = new TargetTenants(target.target(), told, true);
    if (EarlyRestore.isDue(target.target(), order)) {
      ArchiveIndex index = new IndexScan(target.replica(), point, List.of()).run(2);
      EarlyRestore restore = new EarlyRestore(target.replica(), target.target(), point, HOW, index);
      restore.begin(order, Optional.empty());
      restore.run(order);
    }
  }

  private static RecoveryPoint latest(TestTarget target) throws Exception {
    return target.point(OptionalLong.empty());
  }

  @Test
  void index_ofAnArchive_knowsTenantsAndSegments() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "index")) {
      ArchiveIndex index = new IndexScan(target.replica(), latest(target), List.of()).run(2);
      var expected = new TreeMap<String, Long>();
      cloud.records().forEach(record -> expected.merge(record.getTenant(), 1L, Long::sum));
      assertThat(index.tenants()).isEqualTo(expected);
      assertThat(index.tenants().keySet()).startsWith("");
      assertThat(index.slices()).hasSize(cloud.size().slices());
    }
  }

  @Test
  void firstDepartment_isProvedAgainstTheCut_andOpens() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "early")) {
      List<TenantProof> proofs = early(target, latest(target));
      assertThat(proofs).hasSize(2).allMatch(TenantProof::proved);
      assertThat(proofs.get(0).tenant()).isEmpty();
      TenantProof first = proofs.get(1);
      long records =
          cloud.records().stream().filter(of -> of.getTenant().equals(first.tenant())).count();
      assertThat(first.records()).isEqualTo(records);
      assertThat(first.cutRecords()).isPositive().isLessThan(records);
      assertThat(target.target().served()).isTrue();
      assertThat(target.target().whole()).isFalse();
      for (Row row : target.execute("SELECT entity FROM %s.chunk")) {
        assertThat(row.getString("entity")).containsPattern("/" + first.tenant() + "|operation/");
      }
    }
  }

  @Test
  void restoreEndedBetweenCloudAndFirstDepartment_bringsTheDepartmentNextTime() throws Exception {
    try (TestTarget straight = new TestTarget(cloud, "once");
        TestTarget broken = new TestTarget(cloud, "between")) {
      RecoveryPoint point = latest(straight);
      List<String> expected =
          early(straight, point).stream().map(TenantProof::tenant).skip(1).toList();
      assertThatThrownBy(() -> early(broken, point, EarlyRestoreIT::end)).hasMessage("ended");
      assertThat(broken.target().served()).isTrue();
      assertThat(early(broken, point)).extracting(TenantProof::tenant).isEqualTo(expected);
      assertThat(broken.rows()).isEqualTo(straight.rows());
      assertThat(early(broken, point)).isEmpty();
    }
  }

  private static void end(TenantProof first) {
    assertThat(first.tenant()).isEmpty();
    throw new IllegalStateException("ended");
  }

  @Test
  void earlyAndWholeRestore_endedAtManyMoments_giveTheSameRows() throws Exception {
    try (TestTarget straight = new TestTarget(cloud, "straight");
        TestTarget broken = new TestTarget(cloud, "broken")) {
      RecoveryPoint point = latest(straight);
      early(straight, point);
      straight.restore(point, HOW);
      Random random = new Random(6);
      int ended = 0;
      for (int i = 0; i < 30; i++) {
        ended += endAfter(broken, point, random.nextInt(80)) ? 1 : 0;
      }
      assertThat(ended).isPositive();
      early(broken, point);
      broken.restore(point, HOW);
      assertThat(broken.rows()).isEqualTo(straight.rows());
      assertThat(broken.target().whole()).isTrue();
      ProofReport report =
          broken.prover(point).run(new TargetTenants(broken.target(), proof -> {}, true));
      assertThat(report.findings()).isEmpty();
      assertThat(report.records()).isEqualTo(cloud.records().size());
    }
  }

  private static boolean endAfter(TestTarget broken, RecoveryPoint point, int millis)
      throws Exception {
    List<Exception> failures = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                early(broken, point);
                broken.restore(point, HOW);
              } catch (RecoveryException | RuntimeException e) {
                failures.add(e);
              }
            });
    thread.start();
    thread.join(1 + millis);
    thread.interrupt();
    thread.join();
    return !failures.isEmpty();
  }

  @Test
  void archiveThatGrows_afterDepartmentsOpened_isReadUpToItsEndThen() throws Exception {
    LostCloud other = LostCloud.make(folder.resolve("grows"), LostCloud.Size.SMALL, 42);
    try (TestTarget target = new TestTarget(other, "grows")) {
      RecoveryPoint before = latest(target);
      early(target, before);
      other.goOn("bureau-9", 43);
      RecoveryPoint after = new EarlyTenants(target.target()).fixed(latest(target));
      assertThat(latest(target).lastSegments()).isNotEqualTo(before.lastSegments());
      assertThat(after.lastSegments()).isEqualTo(before.lastSegments());
    }
  }

  @Test
  void segmentThatIsMissing_opensNobody() throws Exception {
    LostCloud other = LostCloud.make(folder.resolve("missing"), LostCloud.Size.SMALL, 44);
    try (TestTarget target = new TestTarget(other, "missing")) {
      RecoveryPoint point = latest(target);
      Files.delete(other.archive().resolve(ArchiveName.segment(1, 2).text()));
      assertThatThrownBy(() -> early(target, point))
          .hasMessageContaining(ArchiveName.segment(1, 2).text() + ": missing");
      assertThat(target.target().served()).isFalse();
    }
  }
}
