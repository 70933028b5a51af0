package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import govcloud.node.http.Json;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A department's own service, which answers about violations as it is told to. */
public final class DepartmentService implements AutoCloseable {

  private static final String PARTY = "service";
  private static final String TYPE = "application/json";

  /** How it answers. */
  public enum Manner {
    /** One record of whoever is asked about. */
    ANSWERS,
    /** A number as a text. */
    WRONG_TYPE,
    /** A record of somebody else. */
    OTHER_PERSON,
    /** Nothing at all, until it is told to answer otherwise. */
    STALLS,
    /** More than anybody takes. */
    TOO_MUCH,
    /** Text. */
    NO_JSON,
    /** JSON without records. */
    NO_RECORDS,
    /** As of yesterday. */
    NO_MOMENT,
    /** To another address. */
    REDIRECTS,
    /** That it cannot now. */
    UNAVAILABLE,
    /** That the cloud may not ask. */
    FORBIDS,
    /** It closes the connection in the middle. */
    CUTS
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private volatile Manner manner = Manner.ANSWERS;
  private final AtomicInteger failing = new AtomicInteger();
  private volatile String signer = "";
  private volatile CountDownLatch stall = new CountDownLatch(1);

  private DepartmentService(HttpsServer server) {
    this.server = server;
  }

  /** Starts it with a certificate of its own. */
  public static DepartmentService start(Path folder) throws Exception {
    new DevelopmentPki(folder, Clock.systemUTC(), new SecureRandom())
        .ensure(Door.PUBLIC, PARTY, List.of("localhost"));
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsContexts.client(
                authority(folder), DevelopmentPki.identity(folder, Door.PUBLIC, PARTY))));
    var service = new DepartmentService(server);
    server.createContext("/", service::take);
    server.setExecutor(service.threads);
    server.start();
    return service;
  }

  static Path authority(Path folder) {
    return DevelopmentPki.authority(folder, Door.PUBLIC);
  }

  /** Settings of a cloud that may ask it. */
  public String settings(Path folder) {
    return """
        govcloud.exchange.providers {
          authorities = "%s", hosts = ["%s"], private-hosts = [localhost], failures = 2, rest = 1s
          timeout = 2s
        }
        """
        .formatted(authority(folder), host());
  }

  /** How the operator allows it. */
  String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** Where it is. */
  public String address() {
    return "https://" + host() + "/v1/violations";
  }

  /** Tells it how to answer from now on; what stalls goes on. */
  public void answer(Manner how) {
    manner = how;
    stall.countDown();
    stall = new CountDownLatch(1);
  }

  /** So many times it answers first that it cannot. */
  void failFirst(int times) {
    failing.set(times);
  }

  /** From now on it answers what this key has signed, and nothing else. */
  public void trust(String keyId) {
    signer = keyId;
  }

  /** What it was asked. */
  public List<JsonNode> asked() {
    return asked;
  }

  /** Idempotency keys of what it was asked. */
  List<String> messages() {
    return messages;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      messages.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      if (!exchange.getRequestURI().getPath().equals("/v1/violations")) {
        throw new IOException("asked elsewhere");
      }
      if (!signer.isEmpty() && !SignedCalls.isBy(signer, exchange, body)) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      var question = Json.read(body);
      asked.add(question);
      if (failing.get() > 0) {
        failing.decrementAndGet();
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      answer(exchange, question.at("/subject/number").asText());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String subject)
      throws IOException, InterruptedException {
    var record = "{\"plate\":\"浙A12345\",\"driver_number\":\"%s\",\"points\":3}";
    switch (manner) {
      case ANSWERS ->
          json(
              exchange,
              "{\"as_of\":\"2026-03-02T09:15:27+08:00\",\"records\":["
                  + record.formatted(subject)
                  + "]}");
      case NO_MOMENT -> json(exchange, "{\"as_of\":\"yesterday\",\"records\":[]}");
      case WRONG_TYPE ->
          json(exchange, "{\"records\":[" + record.formatted(subject).replace("3}", "\"3\"}]}"));
      case OTHER_PERSON ->
          json(exchange, "{\"records\":[" + record.formatted("999999199202020025") + "]}");
      case TOO_MUCH -> json(exchange, "{\"records\":[],\"more\":\"" + "x".repeat(5 << 20) + "\"}");
      case NO_JSON -> json(exchange, "none");
      case NO_RECORDS -> json(exchange, "{\"records\":{}}");
      case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
      case FORBIDS -> exchange.sendResponseHeaders(403, -1);
      case REDIRECTS -> {
        exchange.getResponseHeaders().set("Location", "https://" + host() + "/elsewhere");
        exchange.sendResponseHeaders(307, -1);
      }
      case STALLS -> {
        stall.await();
        exchange.sendResponseHeaders(503, -1);
      }
      case CUTS -> {
        exchange.getResponseHeaders().set("Content-Type", TYPE);
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"records\":".getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    }
  }

  /** In chunks, as most services do. */
  private static void json(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", TYPE + "; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    stall.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
