package govcloud.recovery.page;

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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Chromium without window for the page of this tool, driven by the W3C WebDriver protocol. */
final class PageBrowser implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEIGHT = 1400;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private PageBrowser(Process driver, Path profile) throws Exception {
    this.driver = driver;
    String base = "http://127.0.0.1:" + port(driver.inputReader()) + "/session";
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--user-data-dir=" + profile);
    Object wanted =
        Map.of(
            "capabilities",
            Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", arguments))));
    session = base + "/" + post(base, wanted).path("sessionId").asText();
  }

  static boolean isInstalled() {
    return Files.isExecutable(DRIVER);
  }

  static PageBrowser start(Path profile) throws Exception {
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    try {
      return new PageBrowser(driver, profile);
    } catch (Exception e) {
      end(driver);
      throw e;
    }
  }

  private static int port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IOException("chromedriver: ended (expected: the port it listens on)");
  }

  /** A window cannot be narrower than 500 pixels, so the screen is made to be. */
  void width(int width) throws Exception {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  void open(String address) throws Exception {
    post(session + "/url", Map.of("url", address));
  }

  /** What a JavaScript expression is in the page. */
  JsonNode value(String expression) throws Exception {
    return post(
        session + "/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
  }

  /** Presses a key and lets it go; the text is what it writes. */
  void press(String key, int code, String text) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      devTools(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              code,
              "text",
              type.equals("keyDown") ? text : ""));
    }
  }

  /** What people see. */
  void screenshot(Path file) throws Exception {
    JsonNode shot = devTools("Page.captureScreenshot", Map.of("format", "png"));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
  }

  private JsonNode devTools(String command, Map<String, ?> parameters) throws Exception {
    return post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  private JsonNode post(String url, Object body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
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
