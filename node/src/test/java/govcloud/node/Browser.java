package govcloud.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A Chromium without window, driven by the W3C WebDriver protocol. */
public final class Browser implements AutoCloseable {

  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Browser(Process driver, int port, Path profile, String language, int width)
      throws Exception {
    this.driver = driver;
    var arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--ignore-certificate-errors",
            "--accept-lang=" + language,
            "--window-size=" + width + ",1200",
            "--user-data-dir=" + profile);
    var wanted =
        Map.of(
            "capabilities",
            Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", arguments))));
    var base = "http://127.0.0.1:" + port + "/session";
    session = base + "/" + send("POST", base, wanted).path("sessionId").asText();
    // A window can not be narrower than 500 pixels, so the screen is made to be.
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 1200, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** A command of the DevTools protocol, and what it answers. */
  public JsonNode devTools(String command, Map<String, ?> parameters) throws Exception {
    return send(
        "POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  public static boolean isInstalled() {
    return Files.isExecutable(DRIVER);
  }

  public static Browser start(Path profile, String language, int width) throws Exception {
    var driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    try {
      return new Browser(driver, port(driver.inputReader()), profile, language, width);
    } catch (Exception e) {
      end(driver);
      throw e;
    }
  }

  private static int port(BufferedReader output) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IOException("chromedriver: ended (expected: the port it listens on)");
  }

  public void open(String url) throws Exception {
    send("POST", session + "/url", Map.of("url", url));
  }

  /** What a JavaScript expression is in the page. */
  public JsonNode value(String expression) throws Exception {
    return run("return " + expression);
  }

  /** What a script in the page returns, or promises. */
  public JsonNode run(String script) throws Exception {
    return send("POST", session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  private JsonNode send(String method, String url, Object body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(url + ": " + answer.body());
    }
    return JSON.readTree(answer.body()).path("value");
  }

  @Override
  public void close() {
    end(driver);
  }

  private static void end(Process driver) {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }
}
