package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.recovery.TestTarget;
import govcloud.recovery.replica.RecoveryPoint;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RestartedCassandraIT {

  @Test
  void cassandraKilledWhileRestoring_andStartedAgain_isWaitedFor(@TempDir Path folder)
      throws Exception {
    LostCloud cloud = LostCloud.make(folder.resolve("lost"), new LostCloud.Size(2, 2, 60, 1), 31);
    LocalCassandra.Settings settings =
        LocalCassandra.Settings.in(folder.resolve("cassandra")).withCqlPort(freePort());
    LocalCassandra first = LocalCassandra.start(settings);
    try (TestTarget target = new TestTarget(cloud, "restarted", first)) {
      RecoveryPoint point = target.point(OptionalLong.empty());
      // One request at a time, and checkpoints all the time: it lasts.
      Restore restore =
          new Restore(
              target.replica(),
              target.target(),
              point,
              new RestoreSettings(1, 1, 1, 500, RestoreSettings.Writer.CQL));
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
      }
    } finally {
      first.close();
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
}
