package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.recovery.LostCloud;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.TestTarget;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.replica.RecoveryPoint;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A keyspace that holds the cloud as it was at a cut gets what came since. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuffixRestoreIT {
  private static final OptionalLong LATEST = OptionalLong.empty();
  private static final OptionalLong CUT = OptionalLong.of(1);
  private static final RestoreSettings SMALL =
      new RestoreSettings(2, 8, 2000, 500, RestoreSettings.Writer.CQL);

  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path folder) throws Exception {
    cloud = LostCloud.make(folder.resolve("lost"), LostCloud.Size.SMALL, 13);
  }

  /** The keyspace as it was at the cut, and proved. */
  private void cutProved(TestTarget target) throws Exception {
    RecoveryPoint cut = target.point(CUT);
    target.restore(cut);
    assertThat(target.prove(cut).isProved()).isTrue();
    target.target().reached(Target.State.PROVED);
  }

  private static Restore to(TestTarget target, RecoveryPoint point) throws Exception {
    return new Restore(target.replica(), target.target(), point, SMALL);
  }

  /** Chunks may be cut apart elsewhere; the proof compares what is in them. */
  private static SortedSet<String> log(TestTarget target) throws Exception {
    SortedSet<String> rows = new TreeSet<>(target.rows());
    rows.removeIf(row -> row.startsWith("chunk"));
    return rows;
  }

  private long recordsBehindTheCut() {
    return cloud.records().size()
        - cloud.sequencesAtCut(1).values().stream().mapToLong(n -> n).sum();
  }

  @Test
  void cutProved_advanced_onlyTheRestIsWritten_andAllIsProved() throws Exception {
    try (TestTarget straight = new TestTarget(cloud, "straight");
        TestTarget target = new TestTarget(cloud, "suffix")) {
      cutProved(target);
      RecoveryPoint latest = target.point(LATEST);
      Restore restore = to(target, latest);
      assertThat(restore.advance()).isTrue();
      assertThat(restore.progress().records()).isEqualTo(recordsBehindTheCut()).isPositive();
      assertThat(target.target().state()).hasValue(Target.State.RESTORED);
      straight.restore(latest);
      assertThat(log(target)).isEqualTo(log(straight));
      ProofReport report = target.prove(latest);
      assertThat(report.findings()).isEmpty();
      assertThat(report.isProved()).isTrue();
      assertThat(report.records()).isEqualTo(cloud.records().size());
      assertThat(report.cut()).hasValue(2);
    }
  }

  @Test
  void advanced_endedAtThirtyMoments_givesTheSame() throws Exception {
    try (TestTarget straight = new TestTarget(cloud, "straight");
        TestTarget target = new TestTarget(cloud, "broken")) {
      cutProved(target);
      RecoveryPoint latest = target.point(LATEST);
      Random random = new Random(7);
      endAtOnce(target, latest);
      for (int i = 1; i < 30; i++) {
        endAfter(target, latest, random.nextInt(40));
      }
      to(target, latest).advance();
      straight.restore(latest);
      assertThat(log(target)).isEqualTo(log(straight));
      assertThat(target.prove(latest).isProved()).isTrue();
    }
  }

  /** Ended behind the claim and before the first slice is whole, on the fastest machine too. */
  private static void endAtOnce(TestTarget target, RecoveryPoint point) throws Exception {
    target.target().advance(point);
    Restore restore = to(target, point);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(restore::run)
          .extracting(e -> ((RecoveryException) e).code())
          .isEqualTo(Code.RECOVERY_INTERRUPTED);
    } finally {
      Thread.interrupted();
    }
    assertThat(target.target().served()).isFalse();
  }

  /** Ended anywhere; a fast machine may be done before. */
  private static void endAfter(TestTarget target, RecoveryPoint point, int millis)
      throws Exception {
    Restore restore = to(target, point);
    Thread thread =
        new Thread(
            () -> {
              try {
                restore.advance();
              } catch (RecoveryException ended) {
                // What it leaves is held against a straight restore.
              }
            });
    thread.start();
    thread.join(millis + 1);
    thread.interrupt();
    thread.join();
  }

  @Test
  void prefixThatIsNotWhatItWas_advanced_isRefuted() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "wrong")) {
      cutProved(target);
      target.execute("DELETE FROM %s.log WHERE slice = 1 AND bucket = 0 AND log_offset = 1");
      RecoveryPoint latest = target.point(LATEST);
      to(target, latest).advance();
      assertThat(target.prove(latest).isProved()).isFalse();
    }
  }

  @Test
  void nodesHaveWorkedOnIt_advanced_isRefusedAndStaysAsItIs() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "served")) {
      cutProved(target);
      long next = 0;
      for (var row :
          target.execute("SELECT log_offset FROM %s.log WHERE slice = 1 AND bucket = 0")) {
        next = Math.max(next, row.getLong("log_offset") + 1);
      }
      target.execute(
          "INSERT INTO %s.log (slice, bucket, log_offset, encoding) VALUES (1, 0, ?, 0)", next);
      RecoveryPoint latest = target.point(LATEST);
      assertCode(Code.RECOVERY_TARGET_NOT_EMPTY, target, latest);
      assertThat(target.target().state()).hasValue(Target.State.PROVED);
      target.execute("UPDATE %s.recovery SET state = 'OPENING' WHERE cloud = 'harbour'");
      assertCode(Code.RECOVERY_TARGET_NOT_EMPTY, target, latest);
    }
  }

  @Test
  void noEarlierPoint_advanced_isRefused() throws Exception {
    try (TestTarget empty = new TestTarget(cloud, "nothing");
        TestTarget later = new TestTarget(cloud, "later")) {
      assertCode(Code.RECOVERY_TARGET_OTHER, empty, empty.point(LATEST));
      later.restore(later.point(LATEST));
      assertCode(Code.RECOVERY_TARGET_OTHER, later, later.point(CUT));
      later.target().reached(Target.State.REFUTED);
      assertCode(Code.RECOVERY_TARGET_OTHER, later, later.point(LATEST));
    }
  }

  private static void assertCode(Code code, TestTarget target, RecoveryPoint point) {
    assertThatThrownBy(() -> to(target, point).advance())
        .isInstanceOf(RecoveryException.class)
        .extracting(e -> ((RecoveryException) e).code())
        .isEqualTo(code);
  }
}
