package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import govcloud.cli.CommandFailure;
import govcloud.cli.RecordingHttpClient;
import govcloud.cli.TestTerminal;
import govcloud.cli.api.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under Cassandra fills up under a load, and is freed again. */
@Tag("slow")
final class DiskFullIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WORKERS = 4;
  private static final int BLOCK = 1 << 20;

  @TempDir private Path folder;
  private Path disk;

  private RecordingHttpClient http;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=1600m", "tmpfs", "" + disk);
    assumeTrue(mounted, "a small disk cannot be mounted here (root may)");
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      succeeds("umount", "-l", disk.toString());
    }
  }

  @Test
  void disk_fullUnderLoad_isToldAndNothingAcknowledgedIsLost() throws Exception {
    try (TestCloud cloud = TestCloud.start(disk.resolve("home"), 1);
        CommentLoad load = new CommentLoad(cloud.rentApp())) {
      http = cloud.recording();
      ApiClient api = cloud.client(http, PATIENCE);
      load.prepare(api);
      for (int i = 0; i < WORKERS; i++) {
        load.begin("worker-" + i, api);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> load.acknowledged() > 100);
      ProcessHandle cassandra = cloud.cassandra();
      Path filler = fill();
      await().atMost(Duration.ofMinutes(2)).until(() -> !cassandra.isAlive());
      assertThat(status(cloud))
          .contains("Cassandra does not run", "MiB left (expected: >= 256 MiB)");

      Files.delete(filler);
      int atEnd = load.acknowledged();
      await().atMost(PATIENCE).until(() -> load.acknowledged() > atEnd + 100);
      load.finish(PATIENCE);
      for (int i = 0; i < WORKERS; i++) {
        assertThat(load.failures("worker-" + i)).extracting(CommandFailure::code).isEmpty();
      }
      cloud.awaitHealthy();
      load.verify(api);
    }
  }

  /** Takes all the space that there is, and what Cassandra gives back while it ends. */
  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    byte[] block = new byte[BLOCK];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private static String status(TestCloud cloud) {
    TestTerminal terminal = new TestTerminal();
    int code = terminal.run("status", "--home", cloud.home().folder().toString());
    assertThat(code).isEqualTo(9);
    return terminal.out() + terminal.err();
  }

  private static boolean succeeds(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    try {
      return new ProcessBuilder(words)
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
