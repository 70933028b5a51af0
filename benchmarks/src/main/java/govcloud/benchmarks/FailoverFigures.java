package govcloud.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What callers of a cloud of three nodes feel: at half load, while a node is killed, and while a
 * node is drained and comes back.
 */
public final class FailoverFigures {

  private static final int WARM_UP = 20;
  private static final int SECONDS = 30;
  private static final int BEFORE = 8;

  private final CaseLoad load;
  private final Path home;
  private final String tenant;

  private FailoverFigures(CaseLoad load, Path home, String tenant) {
    this.load = load;
    this.home = home;
    this.tenant = tenant;
  }

  /**
   * Arguments: base URLs of node-1, node-2 and node-3 with commas; home of the cloud; a department
   * with a large plan.
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[1]);
    var figures =
        new FailoverFigures(new CaseLoad(arguments[0], home.resolve("token")), home, arguments[2]);
    figures.load.prepare(figures.tenant);
    figures.load.closed(List.of(figures.tenant), WARM_UP);
    double peak = figures.load.closed(List.of(figures.tenant), WARM_UP);
    print("peak, 64 callers over HTTP: %.0f accepted/s", peak);
    print("half of the peak: %s", figures.open().run(peak / 2, SECONDS));
    figures.kill(peak / 2);
    figures.drain(peak / 2);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private OpenLoop open() {
    return load.open(List.of(tenant));
  }

  /**
   * From the moment at which its process has ended, callers go to the other nodes and every case is
   * asked until it answers. The command that kills it may take longer.
   */
  private void kill(double rate) throws Exception {
    var all = new CompletableFuture<Double>();
    var killed = new CompletableFuture<Void>();
    var node = process("node-2");
    later(
        () -> {
          govcloud("node", "kill", "node-2", "--yes");
          killed.complete(null);
        },
        killed);
    later(
        () -> {
          while (node.isAlive()) {
            Thread.sleep(5);
          }
          long ended = System.nanoTime();
          load.leaveOut(1);
          all.complete(load.secondsUntilAllAnswer(tenant, ended));
        },
        all);
    print("a node is killed after %d s: %s", BEFORE, open().run(rate, SECONDS));
    print("  until each of its cases took a change again: %.1f s", all.get(2, TimeUnit.MINUTES));
    killed.get(1, TimeUnit.MINUTES);
    govcloud("node", "add", "node-2");
    load.leaveOut(-1);
  }

  private void drain(double rate) throws Exception {
    var done = new CompletableFuture<Double>();
    long began = System.nanoTime();
    later(
        () -> {
          load.leaveOut(2);
          govcloud("node", "drain", "node-3");
          govcloud("node", "add", "node-3");
          load.leaveOut(-1);
          done.complete((System.nanoTime() - began) / 1e9 - BEFORE);
        },
        done);
    print(
        "a node is drained after %d s, and comes back: %s", BEFORE, open().run(rate, 2 * SECONDS));
    print("  drain and return took %.1f s", done.get(2, TimeUnit.MINUTES));
  }

  private ProcessHandle process(String name) throws IOException {
    String configuration = home.resolve("nodes").resolve(name).resolve("node.conf").toString();
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : processes.toList()) {
        var line = Path.of("/proc/" + process.pid() + "/cmdline");
        if (Files.isReadable(line)
            && Files.readString(line).contains("-Dconfig.file=" + configuration)) {
          return process;
        }
      }
    }
    throw new IOException(name + ": no process (expected: one with " + configuration + ")");
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static void later(Work work, CompletableFuture<?> failing) {
    new Thread(
            () -> {
              try {
                Thread.sleep(TimeUnit.SECONDS.toMillis(BEFORE));
                work.run();
              } catch (Exception e) {
                failing.completeExceptionally(e);
              }
            },
            "event")
        .start();
  }

  private void govcloud(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("./govcloud"));
    command.addAll(List.of(words));
    command.addAll(List.of("--home", home.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command + ": exit code " + process.exitValue() + " (expected: 0)");
    }
  }
}
