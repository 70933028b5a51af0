package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import govcloud.node.http.Json;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.TlsContexts;
import govcloud.pki.request.ProgramKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A department's own server, which takes what a cloud has signed and nothing else. */
public final class CalledBack implements AutoCloseable {

  private static final String PARTY = "department";

  private final HttpsServer server;
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile String signer;
  private volatile boolean down;

  private CalledBack(HttpsServer server) {
    this.server = server;
  }

  /** Makes its certificate, and the settings of a cloud that may call it. */
  public static String settings(Path folder) throws Exception {
    new DevelopmentPki(folder, Clock.systemUTC(), new SecureRandom())
        .ensure(Door.PUBLIC, PARTY, List.of("localhost"));
    return "\ngovcloud.exchange.callbacks { authorities = \"%s\", private-hosts = [localhost] }\n"
        .formatted(authority(folder));
  }

  private static Path authority(Path folder) {
    return DevelopmentPki.authority(folder, Door.PUBLIC);
  }

  /** Starts it, after its settings were made. */
  public static CalledBack start(Path folder) throws Exception {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsContexts.client(
                authority(folder), DevelopmentPki.identity(folder, Door.PUBLIC, PARTY))));
    var called = new CalledBack(server);
    server.createContext("/", called::take);
    server.start();
    return called;
  }

  /** The way of a cloud to it. */
  static CallbackLine line(Path folder, ProgramKey key) throws Exception {
    return new CallbackLine(
        TlsContexts.client(authority(folder)).getSocketFactory(),
        Set.of("localhost"),
        Duration.ofSeconds(5),
        key,
        new SecureRandom(),
        Clock.systemUTC());
  }

  /** Where it is. */
  public String address() {
    return "https://localhost:" + server.getAddress().getPort() + "/govcloud";
  }

  /** From now on it takes what this key has signed, and nothing else. */
  public void trust(String keyId) {
    signer = keyId;
  }

  /** Whether it answers that it cannot. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** What it has taken. */
  public List<JsonNode> received() {
    return received;
  }

  /** Idempotency keys of what it has taken. */
  public List<String> keys() {
    return keys;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var taken = !down && SignedCalls.isBy(signer, exchange, body);
      if (taken) {
        received.add(Json.read(body));
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      }
      exchange.sendResponseHeaders(down ? 503 : taken ? 204 : 403, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
