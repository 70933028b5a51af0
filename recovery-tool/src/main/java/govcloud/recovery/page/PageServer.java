package govcloud.recovery.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import govcloud.recovery.progress.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Serves the page on loopback, to one browser: the token in its address opens it once and becomes a
 * cookie. It shows, and lets a tenant be moved forward; nothing else can be changed.
 */
public final class PageServer implements AutoCloseable {
  /** The page asks every second. */
  private static final int POLLS = 2;

  private static final int LONGEST_FORM = 1024;
  private static final int OK = 200;
  private static final int SEE_OTHER = 303;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final String COOKIE = "recover";
  private static final String HTML = "text/html; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Supplier<Snapshot> state;
  private final Pin pin;
  private final PageView view;
  private final String token;
  private final String session;
  private final AtomicBoolean spent = new AtomicBoolean();

  /** Moves a tenant forward. */
  @FunctionalInterface
  public interface Pin {
    /**
     * Does it.
     *
     * @throws IOException when it cannot be noted
     */
    void move(String tenant) throws IOException;
  }

  private PageServer(
      HttpServer server, Supplier<Snapshot> state, Pin pin, PageView view, SecureRandom random) {
    this.server = server;
    this.state = state;
    this.pin = pin;
    this.view = view;
    this.token = secret(random);
    this.session = secret(random);
  }

  /**
   * Begins to serve.
   *
   * @param port 0: any that is free
   * @param state gives the newest state
   * @param pin moves one of its tenants forward
   * @param lostAt when the site was lost, if that is known
   * @throws IOException when the port is taken
   */
  public static PageServer start(
      int port,
      Supplier<Snapshot> state,
      Pin pin,
      ZoneId zone,
      Optional<Instant> lostAt,
      SecureRandom random)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    PageServer page = new PageServer(http, state, pin, new PageView(zone, lostAt), random);
    http.setExecutor(page.threads);
    http.createContext("/", page::handle);
    http.start();
    return page;
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Where a browser opens it, once. */
  public String address() {
    return "http://" + host() + "/?token=" + token;
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cache-Control", "no-store");
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      if (!Set.of("GET", "HEAD", "POST").contains(exchange.getRequestMethod())) {
        answer(exchange, NOT_ALLOWED, "text/plain", "only GET and POST");
      } else if (!host().equals(exchange.getRequestHeaders().getFirst("Host"))) {
        // Another name that leads here is a page of somebody else.
        answer(exchange, FORBIDDEN, "text/plain", "Open it as http://" + host() + "/");
      } else if (query.startsWith("token=") && isSame(token, query.substring("token=".length()))) {
        open(exchange);
      } else if (!isSame(COOKIE + "=" + session, cookie(exchange))) {
        answer(
            exchange,
            FORBIDDEN,
            "text/plain",
            "The address with its token, as the tool printed it, opens this page once.");
      } else if (exchange.getRequestMethod().equals("POST")) {
        pin(exchange, query);
      } else {
        serve(exchange, query);
      }
    }
  }

  private void open(HttpExchange exchange) throws IOException {
    if (!spent.compareAndSet(false, true)) {
      answer(exchange, FORBIDDEN, "text/plain", "This address was used already.");
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Set-Cookie", COOKIE + "=" + session + "; HttpOnly; SameSite=Strict; Path=/");
    exchange.getResponseHeaders().set("Location", "/");
    answer(exchange, SEE_OTHER, "text/plain", "");
  }

  private static String cookie(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")).orElse("");
  }

  /** In a time that does not tell how much is right. */
  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private void serve(HttpExchange exchange, String query) throws IOException {
    PageText text = PageText.of(language(exchange, query));
    switch (exchange.getRequestURI().getPath()) {
      case "/" -> answer(exchange, OK, HTML, view.page(state.get(), text));
      case "/now" -> answer(exchange, OK, HTML, view.live(state.get(), text));
      case "/page.css" -> resource(exchange, "page.css", "text/css; charset=utf-8");
      case "/page.js" -> resource(exchange, "page.js", "text/javascript; charset=utf-8");
      default -> answer(exchange, NOT_FOUND, "text/plain", "not here");
    }
  }

  /** From this page alone: no other one has the cookie, which is strict. */
  private void pin(HttpExchange exchange, String query) throws IOException {
    String form =
        new String(exchange.getRequestBody().readNBytes(LONGEST_FORM), StandardCharsets.UTF_8);
    String tenant = URLDecoder.decode(form.replaceFirst("^tenant=", ""), StandardCharsets.UTF_8);
    boolean known = state.get().tenants().stream().anyMatch(of -> of.tenant().equals(tenant));
    if (!exchange.getRequestURI().getPath().equals("/pin") || !known) {
      answer(exchange, NOT_FOUND, "text/plain", "not here");
      return;
    }
    pin.move(tenant);
    String language = PageText.of(language(exchange, query)).language();
    exchange.getResponseHeaders().set("Location", "/?lang=" + language);
    answer(exchange, SEE_OTHER, "text/plain", "");
  }

  private static String language(HttpExchange exchange, String query) {
    if (query.startsWith("lang=")) {
      return query.substring("lang=".length());
    }
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept-Language"))
        .orElse("en");
  }

  private static void resource(HttpExchange exchange, String name, String type) throws IOException {
    try (InputStream in = PageServer.class.getResourceAsStream(name)) {
      answer(exchange, OK, type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Gives the browser the time in which it asks once more, so that it shows the end. */
  public void awaitSeen() {
    try {
      TimeUnit.SECONDS.sleep(POLLS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
