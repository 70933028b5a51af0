package govcloud.faultlab.runbook;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens the page of a recovery as soon as a command has told its address, and looks at it. */
final class PageVisitor implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("(http://127\\.0\\.0\\.1:[0-9]+/)\\?token=[0-9a-f]+");
  private static final long PAUSE_MILLIS = 300;

  private final Path words;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::visit, "visitor");

  private PageVisitor(Path words) {
    this.words = words;
  }

  /**
   * Waits for an address.
   *
   * @param words what the command says, as it says it
   */
  static PageVisitor of(Path words) {
    PageVisitor visitor = new PageVisitor(words);
    visitor.thread.start();
    return visitor;
  }

  private void visit() {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    try {
      Matcher address = ADDRESS.matcher(said());
      while (!address.find()) {
        Thread.sleep(PAUSE_MILLIS);
        address = ADDRESS.matcher(said());
      }
      look(browser, address.group());
      while (true) {
        look(browser, address.group(1) + "now");
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException over) {
      // The page ends with the tool.
    }
  }

  private String said() throws IOException {
    return Files.exists(words) ? Files.readString(words) : "";
  }

  private void look(HttpClient browser, String address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        browser.send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
    seen.add(answer.statusCode() + " " + answer.body());
  }

  /** Every answer with its status: first the page, then what it showed while it ran. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
