package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.journal.schema.KeyspaceSettings;
import govcloud.journal.schema.RecoveryQueue;
import govcloud.recovery.LostCloud;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.TestTarget;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.replication.archive.ArchiveName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreIT {
  private static final OptionalLong LATEST = OptionalLong.empty();

  private Path folder;
  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path empty) throws Exception {
    folder = empty;
    cloud = LostCloud.make(folder.resolve("lost"), LostCloud.Size.SMALL, 11);
  }

  @Test
  void lostCloud_restored_isProvedTenantByTenant() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "whole")) {
      RecoveryPoint point = target.point(LATEST);
      assertThat(target.restore(point)).isFalse();
      ProofReport report = target.prove(point);
      assertThat(report.findings()).isEmpty();
      assertThat(report.isProved()).isTrue();
      assertThat(report.records()).isEqualTo(cloud.records().size());
      assertThat(report.entities()).isEqualTo(cloud.entities().size());
      assertThat(report.cut()).hasValue(2);
      assertThat(report.tenants())
          .extracting(TenantProof::tenant)
          .containsExactlyElementsOf(cloud.tenants());
      long atCut = cloud.sequencesAtCut(2).values().stream().mapToLong(n -> n).sum();
      assertThat(report.tenants().stream().mapToLong(TenantProof::cutRecords).sum())
          .isEqualTo(atCut);
      assertThat(report.tenants()).allMatch(TenantProof::proved);
    }
  }

  @Test
  void tenants_areProvedOneByOne_andWhoIsPinnedIsNext() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "pinned")) {
      RecoveryPoint point = target.point(LATEST);
      target.restore(point);
      List<String> proved = new ArrayList<>();
      TargetTenants other = new TargetTenants(target.target(), proof -> {});
      assertThat(other.pin("bureau-2").state()).isEqualTo(RecoveryQueue.State.WAITING);
      ProofReport report =
          target
              .prover(point)
              .run(
                  new TargetTenants(
                      target.target(),
                      proof -> {
                        assertThat(proof.proved()).isTrue();
                        proved.add(proof.tenant());
                        if (proved.size() == 1) {
                          pinned(other, "bureau-3");
                        }
                      }));
      assertThat(report.isProved()).isTrue();
      assertThat(proved).startsWith("bureau-2", "bureau-3", "");
      assertThat(proved).containsExactlyInAnyOrderElementsOf(cloud.tenants());
      assertThat(other.pin("bureau-1"))
          .isEqualTo(new TargetTenants.Pinned(RecoveryQueue.State.PROVED, 0, 0));
      assertCode(Code.RECOVERY_TENANT_UNKNOWN, () -> other.pin("nobody"));
    }
  }

  private static void pinned(TargetTenants tenants, String tenant) {
    try {
      assertThat(tenants.pin(tenant).place()).isEqualTo(1);
    } catch (RecoveryException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void earlierCut_restored_isTheCloudAtThatMoment() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "earlier")) {
      RecoveryPoint point = target.point(OptionalLong.of(1));
      target.restore(point);
      ProofReport report = target.prove(point);
      assertThat(report.findings()).isEmpty();
      Map<String, Long> expected = cloud.sequencesAtCut(1);
      assertThat(report.entities()).isEqualTo(expected.size());
      assertThat(report.records()).isEqualTo(expected.values().stream().mapToLong(n -> n).sum());
      assertThat(report.tenants()).allMatch(tenant -> tenant.afterCut() == 0);
    }
  }

  @Test
  void restore_endedAtFiftyMoments_givesTheSameRows() throws Exception {
    try (TestTarget straight = new TestTarget(cloud, "straight");
        TestTarget broken = new TestTarget(cloud, "broken")) {
      RecoveryPoint point = straight.point(LATEST);
      straight.restore(point);
      Random random = new Random(5);
      int ended = 0;
      for (int i = 0; i < 45; i++) {
        ended += endAfter(broken, broken.target(), point, random.nextInt(60)) ? 1 : 0;
      }
      for (int i = 0; i < 5; i++) {
        Target target = broken.open();
        ended += endAfter(broken, target, point, random.nextInt(60)) ? 1 : 0;
        target.session().forceCloseAsync().toCompletableFuture().join();
      }
      assertThat(ended).isPositive();
      assertThat(broken.restore(point)).isTrue();
      assertThat(broken.rows()).isEqualTo(straight.rows());
      ProofReport proved = broken.prove(point);
      assertThat(proved.isProved()).isTrue();
      assertThat(straight.prove(point).tenants())
          .as("the digest of all states, whoever restored them")
          .extracting(TenantProof::stateDigest)
          .containsExactlyElementsOf(
              proved.tenants().stream().map(TenantProof::stateDigest).toList())
          .doesNotHaveDuplicates();
    }
  }

  /** Runs a restore and ends it in the middle of what it does. */
  private static boolean endAfter(TestTarget broken, Target target, RecoveryPoint point, int millis)
      throws Exception {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Restore restore =
        new Restore(
            broken.replica(),
            target,
            point,
            new RestoreSettings(2, 8, 2000, 500, RestoreSettings.Writer.CQL));
    Thread thread =
        new Thread(
            () -> {
              try {
                restore.run();
              } catch (RecoveryException | RuntimeException e) {
                failure.set(e);
              }
            });
    thread.start();
    thread.join(1 + millis);
    thread.interrupt();
    thread.join();
    return failure.get() != null;
  }

  @Test
  void keyspaceWithAnotherCloud_restored_isRefused() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "taken")) {
      target.execute("INSERT INTO %s.watermark (slice, log_offset) VALUES (0, 7)");
      assertCode(Code.RECOVERY_TARGET_NOT_EMPTY, () -> target.restore(target.point(LATEST)));
    }
  }

  @Test
  void keyspaceWithAnotherPoint_restored_isRefused() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "other")) {
      target.restore(target.point(OptionalLong.of(1)));
      assertCode(Code.RECOVERY_TARGET_OTHER, () -> target.restore(target.point(LATEST)));
    }
  }

  @Test
  void keyspaceMadeWithOtherSettings_restoredOrProved_isRefused() throws Exception {
    String change = "UPDATE %s.keyspace_setting SET value = ? WHERE name = ?";
    String slices = "govcloud.journal.slices";
    try (TestTarget target = new TestTarget(cloud, "settings")) {
      target.execute(change, "4", slices);
      assertCode(Code.RECOVERY_SETTINGS_DIFFER, () -> target.restore(target.point(LATEST)));
      assertThat(target.target().state()).isEmpty();
      target.execute("TRUNCATE %s.keyspace_setting");
      target.restore(target.point(OptionalLong.of(1)));
      assertThat(KeyspaceSettings.read(target.target().session(), target.settings().keyspace()))
          .containsEntry(slices, "3")
          .containsEntry("govcloud.node.cloud", LostCloud.NAME)
          .hasSize(2);
      target.execute(change, "4", slices);
      assertThatThrownBy(() -> target.target().claim(target.point(OptionalLong.of(1))))
          .hasMessageContaining(
              slices + " is 4 (expected: 3, as cut 1 of harbour says, or another keyspace)");
      RecoveryPoint latest = target.point(LATEST);
      Restore later = new Restore(target.replica(), target.target(), latest, RestoreSettings.of(2));
      assertCode(Code.RECOVERY_SETTINGS_DIFFER, later::advance);
      target.execute(change, "3", slices);
      assertThat(later.advance()).isTrue();
      assertThat(target.prove(latest).isProved()).isTrue();
    }
  }

  @Test
  void cutThatIsNotThere_askedFor_isRefused() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "nowhere")) {
      assertThatThrownBy(() -> target.point(OptionalLong.of(9)))
          .hasMessage("cut: 9 (expected: one of 1 to 2)");
    }
  }

  @Test
  void segmentDamagedOrMissing_restored_isNamed() throws Exception {
    LostCloud other = LostCloud.make(folder.resolve("other"), LostCloud.Size.SMALL, 12);
    try (TestTarget target = new TestTarget(other, "damaged")) {
      RecoveryPoint point = target.point(LATEST);
      Path file = other.archive().resolve(ArchiveName.segment(1, 2).text());
      byte[] bytes = Files.readAllBytes(file);
      file.toFile().setWritable(true);
      bytes[bytes.length - 9] ^= 1;
      Files.write(file, bytes);
      assertCode(Code.RECOVERY_ARCHIVE_DAMAGED, () -> target.restore(point));
      assertThatThrownBy(() -> target.restore(point)).hasMessageContaining("REPLICA_CHUNK_DAMAGED");
      Files.delete(file);
      assertThatThrownBy(() -> target.restore(point))
          .hasMessageContaining(ArchiveName.segment(1, 2).text() + ": missing");
    }
  }

  private static void assertCode(
      Code code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(RecoveryException.class)
        .extracting(e -> ((RecoveryException) e).code())
        .isEqualTo(code);
  }
}
