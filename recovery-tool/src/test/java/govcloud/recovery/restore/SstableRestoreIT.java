package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.localcassandra.LocalCassandra;
import govcloud.localcassandra.launcher.TableWriter;
import govcloud.recovery.LostCloud;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.TestTarget;
import govcloud.recovery.command.RecoverMain;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.sstable.SstableLoader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SstableRestoreIT {
  private static final OptionalLong LATEST = OptionalLong.empty();

  /** A set of files after every 32 KB. */
  private static final RestoreSettings FILES = new RestoreSettings(2, 8, 2000, 500, Writer.SSTABLE);

  @TempDir private static Path folder;
  private LostCloud cloud;

  @BeforeAll
  void lose() throws Exception {
    cloud = LostCloud.make(folder.resolve("lost"), new LostCloud.Size(3, 3, 60, 2), 17);
  }

  @Test
  void bothWriters_writeTheSameRowsWithTheSameTimestamp() throws Exception {
    try (TestTarget requests = new TestTarget(cloud, "requests");
        TestTarget files = new TestTarget(cloud, "files")) {
      RecoveryPoint point = requests.point(LATEST);
      requests.restore(point);
      assertThat(files.restore(point, FILES)).isFalse();
      assertThat(files.rows()).isEqualTo(requests.rows()).hasSizeGreaterThan(100);
      assertThat(files.target().restoredSegments())
          .isEqualTo(requests.target().restoredSegments())
          .isEqualTo(point.lastSegments());
      for (Row row : files.execute("SELECT writetime(content) AS at FROM %s.log")) {
        assertThat(row.getLong("at")).isEqualTo(1);
      }
      for (Row row : files.execute("SELECT writetime(records) AS at FROM %s.chunk")) {
        assertThat(row.getLong("at")).isEqualTo(1);
      }
      ProofReport report = files.prove(point);
      assertThat(report.findings()).isEmpty();
      assertThat(report.records()).isEqualTo(cloud.records().size());
      assertThat(place(files)).doesNotExist();
    }
  }

  @Test
  void earlierPoint_advancedWithFiles_isTheWhole() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "further")) {
      target.restore(target.point(OptionalLong.of(1)));
      RecoveryPoint latest = target.point(LATEST);
      new Restore(target.replica(), target.target(), latest, FILES).advance();
      ProofReport report = target.prove(latest);
      assertThat(report.findings()).isEmpty();
      assertThat(report.records()).isEqualTo(cloud.records().size());
    }
  }

  @Test
  void toolKilledAgainAndAgain_thenRunToTheEnd_givesTheSameRows() throws Exception {
    try (TestTarget straight = new TestTarget(cloud, "straight");
        TestTarget killed = new TestTarget(cloud, "killed")) {
      RecoveryPoint point = straight.point(LATEST);
      // As the tool does: the same windows, so the same chunks.
      RestoreSettings whole = RestoreSettings.of(2);
      straight.restore(point, whole.with(Writer.CQL));
      Target keyspace = killed.target();
      for (Callable<Boolean> moment :
          List.<Callable<Boolean>>of(
              () -> keyspace.state().isPresent(),
              () -> Files.exists(place(killed).resolve("1")),
              () -> !keyspace.restoredSegments().isEmpty())) {
        Process tool = tool(killed);
        while (!moment.call()) {
          assertThat(tool.isAlive()).isTrue();
          Thread.sleep(5);
        }
        List<ProcessHandle> writers = tool.descendants().toList();
        tool.destroyForcibly().waitFor();
        for (ProcessHandle writer : writers) {
          writer.onExit().get(20, TimeUnit.SECONDS);
        }
      }
      killed.restore(point, whole.with(Writer.SSTABLE));
      assertThat(killed.rows()).isEqualTo(straight.rows());
      assertThat(killed.prove(point).isProved()).isTrue();
    }
  }

  private Process tool(TestTarget target) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            RecoverMain.class.getName(),
            "restore",
            "--writer=sstable",
            "--archive=" + cloud.archive(),
            "--shares=" + cloud.shares().get(0).getParent(),
            "--cassandra=127.0.0.1:" + LocalCassandra.shared().contactPoint().getPort(),
            "--keyspace=" + target.settings().keyspace())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("tool.log").toFile())
        .start();
  }

  @Test
  void writerThatEndsInTheMiddle_isSaid_andTheNextRunGoesOn() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "ended")) {
      RecoveryPoint point = target.point(LATEST);
      target.target();
      CompletableFuture<RecoveryException> failed = failing(target, point);
      awaitWriter().destroyForcibly();
      assertThat(failed.get().code()).isEqualTo(Code.RECOVERY_TARGET_FAILED);
      assertThat(target.target().state()).contains(Target.State.RESTORING);
      assertThat(target.restore(point, FILES)).isTrue();
      assertThat(target.prove(point).isProved()).isTrue();
    }
  }

  @Test
  void diskThatTakesNoMore_isSaid_andTheNextRunGoesOn() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "full")) {
      RecoveryPoint point = target.point(LATEST);
      target.target();
      CompletableFuture<RecoveryException> failed = failing(target, point);
      // As a disk that is full: no file may grow beyond a few bytes.
      new ProcessBuilder("prlimit", "--pid=" + awaitWriter().pid(), "--fsize=2000")
          .inheritIO()
          .start()
          .waitFor();
      assertThat(failed.get().code()).isEqualTo(Code.RECOVERY_TARGET_FAILED);
      assertThat(failed.get()).hasMessageContaining("SSTables: ");
      assertThat(target.target().restoredSegments()).isEmpty();
      assertThat(target.restore(point, FILES)).isTrue();
      assertThat(target.prove(point).isProved()).isTrue();
    }
  }

  private static CompletableFuture<RecoveryException> failing(
      TestTarget target, RecoveryPoint point) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            target.restore(point, FILES);
            throw new AssertionError("restored");
          } catch (RecoveryException e) {
            return e;
          }
        });
  }

  private static ProcessHandle awaitWriter() throws Exception {
    while (true) {
      Optional<ProcessHandle> writer =
          ProcessHandle.current()
              .children()
              .filter(child -> arguments(child).contains(TableWriter.class.getName()))
              .findFirst();
      if (writer.isPresent()) {
        return writer.get();
      }
      Thread.sleep(5);
    }
  }

  private static String arguments(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (java.io.IOException ended) {
      return "";
    }
  }

  @Test
  void keyspaceForWhichFilesAreMade_isRefused_andRequestsAreTheOtherWay() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "locked")) {
      RecoveryPoint point = target.point(LATEST);
      Target keyspace = target.target();
      try (SstableLoader first = SstableLoader.open(keyspace.session(), keyspace.keyspace())) {
        assertThat(first.bytes()).isZero();
        assertThatThrownBy(() -> target.restore(point, FILES))
            .isInstanceOf(RecoveryException.class)
            .hasMessageContaining("another restore makes files there")
            .extracting(e -> ((RecoveryException) e).code())
            .isEqualTo(Code.RECOVERY_SSTABLES_REFUSED);
        try (RestoreWriter other =
            RestoreWriter.open(keyspace, point, FILES.with(Writer.AUTO), 1)) {
          assertThat(other.name()).startsWith("CQL, not SSTables: ");
        }
      }
      try (RestoreWriter files = RestoreWriter.open(keyspace, point, FILES.with(Writer.AUTO), 1)) {
        assertThat(files.name()).isEqualTo("SSTables");
      }
      try (RestoreWriter few = RestoreWriter.open(keyspace, point, FILES.with(Writer.AUTO))) {
        assertThat(few.name()).isEqualTo("CQL");
      }
    }
  }

  private static Path place(TestTarget target) throws Exception {
    Path data = LocalCassandra.shared().settings().home().resolve("data");
    assertThat(data).isDirectory();
    try (Stream<Path> children = Files.list(data)) {
      assertThat(children.map(Path::toFile).map(File::getName)).contains("commitlog");
    }
    return data.resolve("restore-" + target.settings().keyspace());
  }
}
