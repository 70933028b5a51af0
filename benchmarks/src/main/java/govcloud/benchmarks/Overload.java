package govcloud.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Ten times as many requests as a cloud can take, and one department that asks for 50 times its
 * share.
 */
public final class Overload {

  private static final int CASES = 200;
  private static final int CLOSED = 64;
  private static final int SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String APP = "permits";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String[] nodes;
  private final String token;
  private final Path home;

  private Overload(String[] nodes, String token, Path home) {
    this.nodes = nodes;
    this.token = token;
    this.home = home;
  }

  /**
   * Arguments: base URLs of nodes with commas; token file; home of the cloud; then a department
   * with a large plan, and two with a standard one, the second of which is to be noisy.
   */
  public static void main(String[] arguments) throws Exception {
    var overload =
        new Overload(
            arguments[0].split(",", -1),
            Files.readString(Path.of(arguments[1])).strip(),
            Path.of(arguments[2]));
    List<String> tenants = Arrays.asList(arguments).subList(3, arguments.length);
    for (String tenant : tenants) {
      overload.prepare(tenant);
    }
    overload.tenTimes(tenants.subList(0, 1));
    overload.noisyNeighbour(tenants.get(1), tenants.get(2));
  }

  private void tenTimes(List<String> tenants) throws Exception {
    closed(tenants);
    double peak = closed(tenants);
    System.out.printf("peak: %.0f accepted/s, %s%n", peak, memory());
    var half = open(tenants).run(peak / 2, SECONDS);
    System.out.printf("half of the peak: %s%n", half);
    var ten = open(tenants).run(peak * 10, SECONDS);
    System.out.printf("10 times the peak: %s, %s%n", ten, memory());
    System.out.printf("goodput at 10 times: %.0f %% of the peak%n", ten.perSecond() / peak * 100);
    long ended = System.nanoTime();
    int second = 0;
    OpenLoop.Result now;
    do {
      now = open(tenants).run(peak / 2, 2);
      second = (int) ((System.nanoTime() - ended) / 1_000_000_000L);
    } while (second < 120 && (now.outcomes().size() > 1 || now.p99() > 2 * half.p99()));
    System.out.printf("normal again after %d s: %s, %s%n", second, now, memory());
  }

  private void noisyNeighbour(String quiet, String noisy) throws Exception {
    double rate = 20;
    var alone = open(List.of(quiet)).run(rate, SECONDS);
    var neighbour =
        new Thread(
            () -> {
              try {
                System.out.printf(
                    "the noisy one, 50 times: %s%n",
                    open(List.of(noisy)).run(rate * 50, SECONDS + 5));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "noisy");
    neighbour.start();
    Thread.sleep(2_500);
    var beside = open(List.of(quiet)).run(rate, SECONDS);
    neighbour.join();
    System.out.printf("the quiet one alone: %s%nbeside the noisy one: %s%n", alone, beside);
    System.out.printf("p99 moved by %.0f %%%n", (beside.p99() / alone.p99() - 1) * 100);
  }

  private OpenLoop open(List<String> tenants) {
    return new OpenLoop(http, number -> comment(tenants, number));
  }

  /** As many requests as {@link #CLOSED} callers make that wait for each other's answers. */
  private double closed(List<String> tenants) throws InterruptedException {
    var places = new Semaphore(CLOSED);
    var accepted = new LongAdder();
    long begin = System.nanoTime();
    long number = 0;
    while (System.nanoTime() - begin < SECONDS * 1_000_000_000L) {
      places.acquire();
      var unused =
          http.sendAsync(comment(tenants, number++), HttpResponse.BodyHandlers.discarding())
              .whenComplete(
                  (answer, failure) -> {
                    places.release();
                    if (failure == null && answer.statusCode() < 300) {
                      accepted.increment();
                    }
                  });
    }
    places.acquire(CLOSED);
    return accepted.sum() / ((System.nanoTime() - begin) / 1e9);
  }

  private HttpRequest comment(List<String> tenants, long number) {
    String tenant = tenants.get((int) (number % tenants.size()));
    long theCase = number / tenants.size() % CASES;
    return request(
        "POST",
        number,
        tenant,
        "/c-" + theCase + "/comments",
        "{\"text\":\"" + "r".repeat(200) + "\"}");
  }

  private HttpRequest request(String method, long number, String tenant, String path, String body) {
    String node = nodes[(int) (number / 7 % nodes.length)];
    return HttpRequest.newBuilder(
            URI.create(node + "/v1/tenants/" + tenant + "/apps/" + APP + "/cases" + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private void prepare(String tenant) throws IOException, InterruptedException {
    String body =
        "{\"title\":\"load\",\"applicant\":{\"name\":\"Wang\",\"kind\":\"person\"},\"form\":{}}";
    for (int i = 0; i < CASES; i++) {
      var answer =
          http.send(
              request("PUT", i, tenant, "/c-" + i, body), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
    }
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
