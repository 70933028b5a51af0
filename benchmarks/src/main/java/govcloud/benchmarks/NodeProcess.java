package govcloud.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own that is ready. */
final class NodeProcess implements AutoCloseable {

  private static final int START_SECONDS = 120;
  private static final String READY = " is ready at ";

  private final Process process;
  private final Path log;

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts one and waits until it is ready. */
  static NodeProcess start(List<String> command, Path log)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var node = new NodeProcess(process, log);
    long begin = System.nanoTime();
    while (!Files.readString(log).contains(READY)) {
      if (!process.isAlive() || System.nanoTime() - begin > START_SECONDS * 1_000_000_000L) {
        node.close();
        throw new IOException("not ready\n" + Files.readString(log));
      }
      Thread.sleep(100);
    }
    return node;
  }

  /** Where it says that it listens. */
  String url() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(READY))
        .map(line -> line.substring(line.indexOf(READY) + READY.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  ProcessMeter meter() {
    return new ProcessMeter(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
