package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A real OpenID provider as a process of its own, and browsers that have people before them. */
final class OpenIdProvider implements AutoCloseable {

  private static final Path SOURCE = Path.of("src/test/openid-provider");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "provider.mjs");
  private static final String LISTENING = "listening ";
  private static final int MINUTES = 4;

  private final Process process;
  private final String issuer;
  private final HttpServer mailbox;
  private final BlockingQueue<String> signOuts;

  private OpenIdProvider(
      Process process, String issuer, HttpServer mailbox, BlockingQueue<String> signOuts) {
    this.process = process;
    this.issuer = issuer;
    this.mailbox = mailbox;
    this.signOuts = signOuts;
  }

  /** Takes in what the provider sends of those who sign out, for whoever then brings it on. */
  private static HttpServer mailbox(BlockingQueue<String> signOuts) throws IOException {
    var mailbox = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mailbox.createContext(
        "/gone",
        exchange -> {
          signOuts.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    mailbox.start();
    return mailbox;
  }

  /** The form that the provider has sent because somebody has signed out. */
  String signOut() throws InterruptedException {
    var form = signOuts.poll(30, TimeUnit.SECONDS);
    assertThat(form).as("a sign-out within 30 s").startsWith("logout_token=");
    return form;
  }

  /** Starts it, with packages that npm installs; the test is skipped where that is not possible. */
  static OpenIdProvider start(Path folder, String back, String secret)
      throws IOException, InterruptedException {
    for (var file : FILES) {
      Files.copy(SOURCE.resolve(file), folder.resolve(file));
    }
    assumeTrue(
        installs(folder),
        "npm cannot install the OpenID provider (expected: npm and its registry)");
    var signOuts = new LinkedBlockingQueue<String>();
    var mailbox = mailbox(signOuts);
    var gone = "http://127.0.0.1:" + mailbox.getAddress().getPort() + "/gone";
    var process =
        new ProcessBuilder("node", "provider.mjs", back, secret, gone)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        var issuer = line.substring(LISTENING.length());
        return new OpenIdProvider(process, issuer, mailbox, signOuts);
      }
    }
    throw new AssertionError("the OpenID provider has ended with " + process.waitFor());
  }

  private static boolean installs(Path folder) throws InterruptedException {
    try {
      var npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(MINUTES, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        return false;
      }
      return npm.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  String issuer() {
    return issuer;
  }

  /** A browser at the provider, in which nobody has signed in yet. */
  Browser browser() {
    return new Browser();
  }

  /** Keeps what the provider remembers, as long as it is open. */
  static final class Browser {

    private final HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    /**
     * Goes where the cloud sends it and signs in.
     *
     * @param methods what the provider then says of how, such as {@code pwd mfa}
     * @return the query with which the provider leads it back
     */
    String signIn(String way, String person, String methods)
        throws IOException, InterruptedException {
      var interaction = location(HttpRequest.newBuilder(URI.create(way)).build());
      var form = "person=" + person + "&amr=" + URLEncoder.encode(methods, StandardCharsets.UTF_8);
      var resumed =
          location(
              HttpRequest.newBuilder(interaction)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build());
      return location(HttpRequest.newBuilder(resumed).build()).getRawQuery();
    }

    /** Signs out there, by the page on which the provider asks whether that is meant. */
    void signOut(String issuer) throws IOException, InterruptedException {
      var page =
          http.send(
              HttpRequest.newBuilder(URI.create(issuer + "/session/end")).build(),
              HttpResponse.BodyHandlers.ofString());
      var secret = Pattern.compile("name=\"xsrf\" value=\"(\\w+)\"").matcher(page.body());
      assertThat(secret.find()).as(page.body()).isTrue();
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(issuer + "/session/end/confirm"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("logout=yes&xsrf=" + secret.group(1)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private URI location(HttpRequest request) throws IOException, InterruptedException {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
      return request.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    mailbox.stop(0);
  }
}
