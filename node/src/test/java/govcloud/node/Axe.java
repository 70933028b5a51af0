package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at pages in a browser with axe-core, which npm fetches once into {@code target}: WCAG 2.2 A
 * and AA, and what axe calls good practice. A test says at its end that it was clean, so that
 * everything else in it counts where npm has no registry.
 */
public final class Axe {

  private static final Path SOURCE = Path.of("src/test/axe");
  private static final Path FOLDER = Path.of("target/axe");
  private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc");
  private static final int MINUTES = 2;

  private static final String RUN =
      """
      return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
        'best-practice'], resultTypes: ['violations']}).then(found => found.violations.map(one =>
        one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', ')));
      """;

  private static Optional<String> script;

  private final List<String> violations = new ArrayList<>();
  private int pages;

  /** The program; empty where it cannot be fetched. */
  private static synchronized Optional<String> script() {
    if (script == null) {
      script = installed();
    }
    return script;
  }

  private static Optional<String> installed() {
    var program = FOLDER.resolve("node_modules/axe-core/axe.min.js");
    try {
      Files.createDirectories(FOLDER);
      var lock = SOURCE.resolve("package-lock.json");
      var before = FOLDER.resolve("package-lock.json");
      var isThere =
          Files.exists(program) && Files.exists(before) && Files.mismatch(lock, before) < 0;
      return isThere || install() ? Optional.of(Files.readString(program)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Takes the version whose checksum is in the lock file, or none. */
  private static boolean install() throws IOException {
    for (var file : FILES) {
      Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    var npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("npm.log").toFile())
            .start();
    try {
      if (npm.waitFor(MINUTES, TimeUnit.MINUTES)) {
        return npm.exitValue() == 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    npm.destroyForcibly();
    return false;
  }

  /** Looks at the page that the browser shows. */
  public void look(Browser browser, String name) throws Exception {
    if (script().isPresent()) {
      pages++;
      for (var violation : browser.run(script().get() + ";\n" + RUN)) {
        violations.add(name + ": " + violation.asText());
      }
    }
  }

  /** Looks at a page as text, with the style that it has in a cloud. */
  public void look(Browser browser, String name, String html) throws Exception {
    if (script().isPresent()) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var server = HttpServer.create(address, 0);
      answer(server, "/", "text/html; charset=utf-8", html);
      answer(server, "/page/page.css", "text/css", style());
      server.start();
      try {
        browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        look(browser, name);
      } finally {
        server.stop(0);
      }
    }
  }

  private static String style() throws IOException {
    try (var in = Axe.class.getResourceAsStream("/page/page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void answer(HttpServer server, String path, String type, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, bytes.length);
          try (var body = exchange.getResponseBody()) {
            body.write(bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Fails if a page was not clean; the rest of the test is skipped where there is no axe-core. */
  public void requireClean() {
    assumeTrue(
        script().isPresent(),
        "npm cannot fetch axe-core, so nobody looked whether pages are usable for everybody"
            + " (expected: npm and its registry)");
    assertThat(pages).isPositive();
    assertThat(violations).isEmpty();
  }
}
