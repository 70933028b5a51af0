package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.TestTarget;
import govcloud.recovery.replica.RecoveryPoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Cassandra of its own that ends in the middle, and, where it has a small disk, runs full. */
@Tag("slow")
class RestartedCassandraIT {
  private static final OptionalLong LATEST = OptionalLong.empty();

  /** One request at a time, and checkpoints all the time: it lasts. */
  private static final RestoreSettings SLOW =
      new RestoreSettings(1, 1, 1, 500, RestoreSettings.Writer.CQL);

  @TempDir private Path folder;
  private Path disk;
  private boolean small;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    small = succeeds("mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    if (small) {
      succeeds("umount", "-l", disk.toString());
    }
  }

  @Test
  void cassandraKilledOrOutOfDiskWhileRestoring_andStartedAgain_isGoneOnWith() throws Exception {
    LostCloud cloud = LostCloud.make(folder.resolve("lost"), new LostCloud.Size(2, 2, 60, 1), 31);
    LocalCassandra.Settings settings =
        LocalCassandra.Settings.in(disk.resolve("cassandra")).withCqlPort(freePort());
    LocalCassandra first = LocalCassandra.start(settings);
    try (TestTarget target = new TestTarget(cloud, "restarted", first)) {
      RecoveryPoint point = target.point(LATEST);
      Restore restore = new Restore(target.replica(), target.target(), point, SLOW);
      CompletableFuture<Void> restored = CompletableFuture.runAsync(() -> run(restore));
      while (restore.progress().records() == 0) {
        Thread.sleep(1);
      }
      first.kill();
      assertThat(restored).isNotDone();
      try (LocalCassandra again = LocalCassandra.start(settings)) {
        assertThat(again.pid()).isNotEqualTo(first.pid());
        restored.join();
        assertThat(target.prove(point).findings()).isEmpty();
        assertThat(target.prove(point).records()).isEqualTo(cloud.records().size());
        if (small) {
          fill(cloud, again, settings);
        }
      }
    } finally {
      first.close();
    }
  }

  /** The disk under Cassandra takes nothing more; it is freed, and the restore is run again. */
  private void fill(LostCloud cloud, LocalCassandra cassandra, LocalCassandra.Settings settings)
      throws Exception {
    try (TestTarget target = new TestTarget(cloud, "full", cassandra)) {
      RecoveryPoint point = target.point(LATEST);
      Path filler;
      target.target();
      try (Target impatient =
          Target.open(target.settings(), LostCloud.NAME, Duration.ofSeconds(5))) {
        filler = fill();
        assertThatThrownBy(() -> new Restore(target.replica(), impatient, point, SLOW).run())
            .isInstanceOf(RecoveryException.class)
            .extracting(e -> ((RecoveryException) e).code())
            .isEqualTo(Code.RECOVERY_TARGET_FAILED);
      }
      Files.delete(filler);
      cassandra.kill();
      try (LocalCassandra freed = LocalCassandra.start(settings)) {
        assertThat(freed.pid()).isNotEqualTo(cassandra.pid());
        target.restore(point);
        assertThat(target.prove(point).findings()).isEmpty();
        assertThat(target.prove(point).records()).isEqualTo(cloud.records().size());
      }
    }
  }

  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    byte[] block = new byte[1 << 16];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private static void run(Restore restore) {
    try {
      restore.run();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
