package govcloud.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ten times as many requests as a cloud can take, and one department that asks for 50 times its
 * share.
 */
public final class Overload {

  private static final int SECONDS = 20;
  private static final int PATIENCE_SECONDS = 120;

  private final CaseLoad load;
  private final Path home;

  private Overload(CaseLoad load, Path home) {
    this.load = load;
    this.home = home;
  }

  /**
   * Arguments: base URLs of nodes with commas; token file; home of the cloud; then a department
   * with a large plan, and two with a standard one, the second of which is to be noisy.
   */
  public static void main(String[] arguments) throws Exception {
    var overload =
        new Overload(new CaseLoad(arguments[0], Path.of(arguments[1])), Path.of(arguments[2]));
    List<String> tenants = Arrays.asList(arguments).subList(3, arguments.length);
    for (String tenant : tenants) {
      overload.load.prepare(tenant);
    }
    overload.tenTimes(tenants.subList(0, 1));
    overload.noisyNeighbour(tenants.get(1), tenants.get(2));
  }

  private void tenTimes(List<String> tenants) throws Exception {
    load.closed(tenants, SECONDS);
    double peak = load.closed(tenants, SECONDS);
    System.out.printf("peak: %.0f accepted/s, %s%n", peak, memory());
    var half = load.open(tenants).run(peak / 2, SECONDS);
    System.out.printf("half of the peak: %s%n", half);
    var ten = load.open(tenants).run(peak * 10, SECONDS);
    System.out.printf("10 times the peak: %s, %s%n", ten, memory());
    System.out.printf("goodput at 10 times: %.0f %% of the peak%n", ten.perSecond() / peak * 100);
    long ended = System.nanoTime();
    int second;
    OpenLoop.Result now;
    boolean normal;
    do {
      now = load.open(tenants).run(peak / 2, 2);
      second = (int) ((System.nanoTime() - ended) / 1_000_000_000L);
      normal = now.allAccepted() && now.p99() <= 2 * half.p99();
    } while (!normal && second < PATIENCE_SECONDS);
    System.out.printf(
        "%s after %d s: %s, %s%n",
        normal ? "normal again" : "NOT normal even", second, now, memory());
  }

  private void noisyNeighbour(String quiet, String noisy) throws Exception {
    double rate = 20;
    var alone = load.open(List.of(quiet)).run(rate, SECONDS);
    var neighbour =
        new Thread(
            () -> {
              try {
                System.out.printf(
                    "the noisy one, 50 times: %s%n",
                    load.open(List.of(noisy)).run(rate * 50, SECONDS + 5));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "noisy");
    neighbour.start();
    Thread.sleep(2_500);
    var beside = load.open(List.of(quiet)).run(rate, SECONDS);
    neighbour.join();
    System.out.printf("the quiet one alone: %s%nbeside the noisy one: %s%n", alone, beside);
    System.out.printf("p99 moved by %.0f %%%n", (beside.p99() / alone.p99() - 1) * 100);
  }

  /** Resident memory of the cloud's processes. */
  private String memory() throws IOException {
    long kib = 0;
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : processes.toList()) {
        var line = Path.of("/proc/" + process.pid() + "/cmdline");
        var status = Path.of("/proc/" + process.pid() + "/status");
        if (process.pid() != ProcessHandle.current().pid()
            && Files.isReadable(line)
            && Files.readString(line).contains("govcloud.node.NodeMain")
            && Files.readString(line).contains(home.toString())) {
          kib += resident(status);
        }
      }
    }
    return kib / 1024 + " MiB resident in the nodes";
  }

  private static long resident(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }
}
