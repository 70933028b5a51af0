package govcloud.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One node's process and its starts: after each death it waits longer, up to half a minute. */
final class NodeProcess {
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final NodePlan plan;
  private final CloudHome home;
  private Process process;
  private Instant startedAt = Instant.MIN;
  private int deaths;

  NodeProcess(NodePlan plan, CloudHome home) {
    this.plan = plan;
    this.home = home;
  }

  NodePlan plan() {
    return plan;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  long pid() {
    return process == null ? 0 : process.pid();
  }

  int deaths() {
    return deaths;
  }

  /** Whether enough time has passed since the last start. */
  boolean mayStart(Instant now) {
    if (process == null) {
      return true;
    }
    long seconds = Math.min(30, 1L << Math.min(deaths, 5));
    return Duration.between(startedAt, now).compareTo(Duration.ofSeconds(seconds)) >= 0;
  }

  /** Starts it with its configuration. */
  void start(List<String> command, String configuration, Instant now) throws IOException {
    boolean steady = process == null || Duration.between(startedAt, now).compareTo(STEADY) > 0;
    deaths = steady ? 0 : deaths + 1;
    Path folder = Files.createDirectories(home.node(plan.name()));
    Files.writeString(folder.resolve("node.conf"), configuration);
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("node.log").toFile()))
            .start();
    process.getOutputStream().close();
    Files.writeString(folder.resolve("pid"), process.pid() + "\n");
    startedAt = now;
  }

  /** Asks it to end. */
  void stop() {
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits for its end and kills it when it takes too long. */
  void awaitEnd(Duration patience) {
    try {
      if (process != null && !process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(5, TimeUnit.SECONDS);
      }
      Files.deleteIfExists(home.node(plan.name()).resolve("pid"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of its log, for a message. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(home.node(plan.name()).resolve("node.log"));
      List<String> words = new ArrayList<>();
      for (int i = Math.max(0, lines.size() - 3); i < lines.size(); i++) {
        words.add(lines.get(i).strip());
      }
      return String.join(" | ", words);
    } catch (IOException e) {
      return "";
    }
  }
}
