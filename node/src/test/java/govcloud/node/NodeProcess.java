package govcloud.node;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A node as a process of its own, which can be killed at any moment. */
final class NodeProcess implements AutoCloseable {
  private static final String READY = " is ready at ";

  private final Process process;
  private final Path log;

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param folder for its configuration and log
   * @param settings before those of {@link ServingNode#configuration}
   */
  static NodeProcess start(String keyspace, Path folder, String settings) throws IOException {
    return start(keyspace, folder, settings, "-Xmx512m");
  }

  /** Starts one with so much memory. */
  static NodeProcess start(String keyspace, Path folder, String settings, String heap)
      throws IOException {
    Path file = folder.resolve("process.conf");
    String all =
        ConfigFactory.parseString(settings)
            .withFallback(ServingNode.configuration(LocalCassandra.shared(), keyspace, folder))
            .root()
            .render(ConfigRenderOptions.concise());
    Files.writeString(file, all);
    Path log = Files.createTempFile(folder, "process", ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dconfig.file=" + file,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NodeMain.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    NodeProcess started = new NodeProcess(process, log);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> started.address().isPresent() || !process.isAlive());
      started.url();
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  private Optional<String> address() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(READY))
        .map(line -> line.substring(line.indexOf(READY) + READY.length()).strip())
        .findFirst();
  }

  /** Where it listens. */
  String url() throws IOException {
    if (address().isEmpty()) {
      throw new AssertionError("the node is not ready: " + Files.readString(log));
    }
    return address().get();
  }

  /** Kills it at once (SIGKILL), and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
