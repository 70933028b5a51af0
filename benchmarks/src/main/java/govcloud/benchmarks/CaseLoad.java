package govcloud.benchmarks;

import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** Comments on cases over HTTP, to all nodes of a cloud. */
final class CaseLoad {

  private static final int CASES = 200;
  private static final int CLOSED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration ALL_ANSWER = Duration.ofSeconds(100);
  private static final long AGAIN_MILLIS = 100;
  private static final String APP = "permits";

  private final HttpClient http;
  private final String[] nodes;
  private final String token;
  private volatile int leftOut = -1;

  /**
   * Load for one cloud.
   *
   * @param nodes base URLs with commas
   * @param tokenFile holds the API's token
   */
  CaseLoad(String nodes, Path tokenFile) throws IOException {
    this.nodes = nodes.split(",", -1);
    this.token = Files.readString(tokenFile).strip();
    this.http = client(tokenFile.resolveSibling("pki/public-ca.pem"));
  }

  /** Takes the cloud's certificates, if it has made some. */
  private static HttpClient client(Path authority) throws IOException {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    try {
      return Files.exists(authority)
          ? builder.sslContext(TlsContexts.client(authority)).build()
          : builder.build();
    } catch (PkiException e) {
      throw new IOException(e);
    }
  }

  /** Prepares something on the first node. */
  ApiCaller caller() {
    return new ApiCaller(http, nodes[0], token);
  }

  /** Makes the cases of a department. */
  void prepare(String tenant) throws IOException, InterruptedException {
    String body =
        "{\"title\":\"load\",\"applicant\":{\"name\":\"Wang\",\"kind\":\"person\"},\"form\":{}}";
    for (int i = 0; i < CASES; i++) {
      var answer =
          http.send(
              request("PUT", i, tenant, "/c-" + i, body).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
    }
  }

  /** Requests at a fixed rate. */
  OpenLoop open(List<String> tenants) {
    return new OpenLoop(http, number -> comment(tenants, number).build());
  }

  /** Requests at a fixed rate, each of them with a header. */
  OpenLoop open(List<String> tenants, String header, String value) {
    return new OpenLoop(http, number -> comment(tenants, number).header(header, value).build());
  }

  /**
   * As many requests as {@link #CLOSED} callers make that wait for each other's answers.
   *
   * @return accepted requests a second
   */
  double closed(List<String> tenants, int seconds) throws InterruptedException {
    return closed(number -> comment(tenants, number).build(), CLOSED, seconds);
  }

  /** The same for so many callers, with comments in one department. */
  double closedChanges(String tenant, int callers, int seconds) throws InterruptedException {
    return closed(number -> comment(List.of(tenant), number).build(), callers, seconds);
  }

  /** The same of reads of single cases. */
  double closedReads(String tenant, int callers, int seconds) throws InterruptedException {
    return closed(
        number -> request("GET", number, tenant, "/c-" + number % CASES, "").build(),
        callers,
        seconds);
  }

  private double closed(LongFunction<HttpRequest> requests, int callers, int seconds)
      throws InterruptedException {
    var places = new Semaphore(callers);
    var accepted = new LongAdder();
    long begin = System.nanoTime();
    long number = 0;
    while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
      places.acquire();
      var unused =
          http.sendAsync(requests.apply(number++), HttpResponse.BodyHandlers.discarding())
              .whenComplete(
                  (answer, failure) -> {
                    places.release();
                    if (failure == null && answer.statusCode() < 300) {
                      accepted.increment();
                    }
                  });
    }
    places.acquire(callers);
    return accepted.sum() / ((System.nanoTime() - begin) / 1e9);
  }

  /**
   * Sends nothing more to a node, as a load balancer does that has noticed.
   *
   * @param node its place among the nodes; -1: all get requests
   */
  void leaveOut(int node) {
    leftOut = node;
  }

  /**
   * Sends a change to all cases at once, and again to each that does not accept it; how long after
   * a moment the last of them has done so.
   *
   * @param since of {@link System#nanoTime}
   */
  double secondsUntilAllAnswer(String tenant, long since) throws IOException, InterruptedException {
    var open = new CountDownLatch(CASES);
    for (int i = 0; i < CASES; i++) {
      ask(tenant, i, open);
    }
    if (!open.await(ALL_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException(
          open.getCount() + " cases take no change (expected: all within " + ALL_ANSWER + ")");
    }
    return (System.nanoTime() - since) / 1e9;
  }

  /** Another attempt has a number that goes to the same case, perhaps by another node. */
  private void ask(String tenant, long number, CountDownLatch open) {
    var unused =
        http.sendAsync(
                comment(List.of(tenant), number).timeout(ATTEMPT).build(),
                HttpResponse.BodyHandlers.discarding())
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null && answer.statusCode() < 300) {
                    open.countDown();
                  } else {
                    CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> ask(tenant, number + CASES, open));
                  }
                });
  }

  private HttpRequest.Builder comment(List<String> tenants, long number) {
    String tenant = tenants.get((int) (number % tenants.size()));
    long theCase = number / tenants.size() % CASES;
    return request(
        "POST",
        number,
        tenant,
        "/c-" + theCase + "/comments",
        "{\"text\":\"" + "r".repeat(200) + "\"}");
  }

  private HttpRequest.Builder request(
      String method, long number, String tenant, String path, String body) {
    int place = (int) (number / 7 % nodes.length);
    String node = nodes[place == leftOut ? (place + 1) % nodes.length : place];
    return HttpRequest.newBuilder(
            URI.create(node + "/v1/tenants/" + tenant + "/apps/" + APP + "/cases" + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }
}
