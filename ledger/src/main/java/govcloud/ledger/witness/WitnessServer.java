package govcloud.ledger.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A witness over HTTP: {@code POST /add-checkpoint}, {@code GET /ORIGIN-HASH/checkpoint}. Needs no
 * authentication: it signs what is true, and the checkpoints themselves are signed.
 */
public final class WitnessServer implements AutoCloseable {
  private static final Pattern NEWEST = Pattern.compile("/([0-9a-f]{64})/checkpoint");
  private static final int LARGEST = 512 << 10;
  private static final int THREADS = 4;

  private final Witness witness;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** Starts it. */
  public WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
    this.witness = witness;
    this.server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Witness.Answer answer;
      try {
        answer = answer(exchange);
      } catch (IOException e) {
        // The disk: nothing was signed.
        answer = new Witness.Answer(503, "text/plain; charset=utf-8", "state is not at hand\n");
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Witness.Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    Matcher newest = NEWEST.matcher(path);
    if (path.equals("/add-checkpoint") && method.equals("POST")) {
      byte[] request = exchange.getRequestBody().readNBytes(LARGEST + 1);
      return witness.addCheckpoint(request);
    }
    if (newest.matches() && method.equals("GET")) {
      Optional<byte[]> state = witness.newest(newest.group(1));
      if (state.isPresent()) {
        String text = new String(state.get(), StandardCharsets.UTF_8);
        return new Witness.Answer(200, "text/plain; charset=utf-8", text);
      }
    }
    return new Witness.Answer(404, "text/plain; charset=utf-8", "nothing here\n");
  }

  /** Stops it after the requests under way. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
  }
}
