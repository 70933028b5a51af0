package govcloud.recovery.page;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.progress.TenantState;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageServerTest {
  private final AtomicReference<Snapshot> state = new AtomicReference<>(Snapshots.running(14));
  private final List<String> pinned = new ArrayList<>();
  private final HttpClient browser = HttpClient.newHttpClient();
  private PageServer page;
  private URI root;

  @BeforeEach
  void start() throws Exception {
    page = server(Optional.empty());
    root = URI.create(page.address().replaceFirst("\\?.*", ""));
  }

  private PageServer server(Optional<Instant> lostAt) throws Exception {
    return PageServer.start(0, state::get, pinned::add, ZoneOffset.UTC, lostAt, new SecureRandom());
  }

  @AfterEach
  void stop() {
    page.close();
  }

  private HttpResponse<String> get(String address, String cookie) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(root.resolve(address)).header("Cookie", cookie).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String open() throws Exception {
    HttpResponse<String> opened = get(page.address(), "a=b");
    assertThat(opened.statusCode()).isEqualTo(303);
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    return cookie.replaceFirst(";.*", "");
  }

  @Test
  void token_opensOnce_andNobodyElseGetsIn() throws Exception {
    assertThat(get("/", "a=b").statusCode()).isEqualTo(403);
    assertThat(get("/now", "recover=0").statusCode()).isEqualTo(403);
    String cookie = open();
    assertThat(get(page.address(), "a=b").statusCode()).isEqualTo(403);
    assertThat(get("/", cookie).statusCode()).isEqualTo(200);
    assertThat(get("/page.css", cookie).body()).contains(".proved");
    assertThat(get("/page.js", cookie).body()).contains("refresh");
    assertThat(get("/x", cookie).statusCode()).isEqualTo(404);
    assertThat(get("/", cookie).headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'");
  }

  private HttpResponse<String> post(String address, String cookie, String form) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(root.resolve(address))
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void waitingTenant_isMovedForward_byThisPageAlone() throws Exception {
    String cookie = open();
    assertThat(get("/now?lang=en", cookie).body())
        .contains("value=\"bureau-6\"")
        .contains("aria-label=\"Move Bureau &lt;6&gt; forward\"")
        .as("proved already")
        .doesNotContain("value=\"bureau-4\"");
    assertThat(post("/pin", "recover=0", "tenant=bureau-6").statusCode()).isEqualTo(403);
    assertThat(post("/pin", cookie, "tenant=nobody").statusCode()).isEqualTo(404);
    assertThat(post("/x", cookie, "tenant=bureau-6").statusCode()).isEqualTo(404);
    assertThat(pinned).isEmpty();
    HttpResponse<String> moved = post("/pin?lang=zh", cookie, "tenant=bureau-6");
    assertThat(moved.statusCode()).isEqualTo(303);
    assertThat(moved.headers().firstValue("Location")).contains("/?lang=zh");
    assertThat(pinned).containsExactly("bureau-6");
  }

  @Test
  void anotherHostsName_isRefused() throws Exception {
    String cookie = open();
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      String request =
          "GET / HTTP/1.1\r\nHost: evil.example\r\nCookie: "
              + cookie
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void page_saysTimeUsableAndLoss_inBothLanguages() throws Exception {
    String cookie = open();
    assertThat(get("/?lang=zh", cookie).body())
        .contains("<html lang=\"zh\">")
        .contains("预计 06:53:20 全部恢复")
        .contains("八成把握在 06:52:50 – 06:54:40 之间")
        .contains("2 / 14 个部门")
        .contains("全部日志重建并核对后才开放第一个部门，约 06:53:20")
        .doesNotContain("不恢复的内容")
        .contains("2026-03-02 06:33:20 之后")
        .contains("第 3 局");
    assertThat(get("/?lang=en", cookie).body())
        .contains("All restored at about 06:53:20")
        .contains("2 of 14 departments")
        .contains(
            "None before the log of all is restored and compared: the first at about 06:53:20")
        .contains("Bureau &lt;3&gt;")
        .doesNotContain("Bureau <3>");
  }

  @Test
  void state_changes_andThePageFollows() throws Exception {
    String cookie = open();
    state.set(Snapshots.with(state.get(), "cut-12", Optional.of(true)));
    String now = get("/now?lang=en", cookie).body();
    assertThat(now)
        .contains("Everything is as it was signed")
        .contains("28 events")
        .contains("Behind cut 12 (2026-03-02 01:40:00), in 14 departments.")
        .contains("Nodes start when all are")
        .contains("<dt>Bureau &lt;3&gt;</dt><dd>2 cases opened</dd>");
    assertThat(get("/now?lang=zh", cookie).body()).contains("<dt>第 3 局</dt><dd>新建案件 2 件</dd>");
    state.set(Snapshots.with(state.get(), "cut-12", Optional.of(false)));
    assertThat(get("/now?lang=en", cookie).body()).contains("Something is not as it was signed");
    page.close();
    page = server(Optional.of(Snapshots.BEGIN.minusSeconds(362)));
    root = URI.create(page.address().replaceFirst("\\?.*", ""));
    state.set(Snapshots.running(3));
    assertThat(get("/now?lang=zh", open()).body()).contains("最多 38 秒");
  }

  @Test
  void everyState_hasWordsAndASignOfItsOwn() {
    String html =
        new PageView(ZoneOffset.UTC, Optional.empty()).live(Snapshots.running(14), PageText.EN);
    for (TenantState tenant : TenantState.values()) {
      assertThat(html).contains("square " + tenant.name().toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(PageText.ZH.words().stringPropertyNames())
        .isEqualTo(PageText.EN.words().stringPropertyNames());
  }
}
