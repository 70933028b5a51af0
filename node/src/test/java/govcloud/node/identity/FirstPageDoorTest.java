package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who has signed in sees the first page if everything on it may be seen, and no longer. */
@Tag("slow")
class FirstPageDoorTest {

  @TempDir private Path folder;
  private IdentityHouse house;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String session(String account) {
    assertThat(house.visitFirst(account, house.code(account)).status()).isEqualTo(200);
    return house.signIn(account);
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(house.url() + path))
        .header("Cookie", SessionCookie.NAME + "=" + token);
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return http.send(request(path, token).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> stream(String token) throws Exception {
    var asked = request("/page/events", token).header("Accept", "text/event-stream").build();
    return http.send(asked, HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void operator_seesThePage_othersAreToldWhoItIsFor() throws Exception {
    var seen = get("/?lang=en", session("operator"));
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(seen.body()).contains("<h1>Overview</h1>", "node-1", "href=\"/my-account?lang=en\"");

    var auditor = get("/?lang=en", session("audit-admin"));
    assertThat(auditor.statusCode()).isEqualTo(403);
    assertThat(auditor.body()).contains("for operators").doesNotContain("node-1");

    var clerk = get("/?lang=en", session("zhang-san"));
    assertThat(clerk.statusCode()).isEqualTo(403);

    var stranger = get("/?lang=en", "nobody." + "x".repeat(43));
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.body()).contains("href=\"/sign-in?lang=en\"").doesNotContain("node-1");
  }

  @Test
  void myAccount_leadsToThePagesThatOneMaySee() throws Exception {
    assertThat(get("/my-account?lang=en", session("operator")).body())
        .contains("href=\"/?lang=en\"", "href=\"/approvals?lang=en\"")
        .doesNotContain("href=\"/audit", "href=\"/my-data");
    assertThat(get("/my-account?lang=en", session("audit-admin")).body())
        .contains("href=\"/audit?lang=en\"", "href=\"/supervision?lang=en\"")
        .doesNotContain("href=\"/?lang=en\"");
    assertThat(get("/my-account?lang=en", session("zhang-san")).body())
        .contains("href=\"/resources?lang=en\"")
        .doesNotContain("href=\"/?lang=en\"", "href=\"/audit", "href=\"/supervision");
  }

  @Test
  @Timeout(30)
  void stream_endsWithTheSession() throws Exception {
    var token = session("operator");
    var answer = stream(token);
    assertThat(answer.statusCode()).isEqualTo(200);
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isNotNull();
      assertThat(house.at(0, token).send("DELETE", "/v1/sessions/current", "").status())
          .isEqualTo(200);
      while (lines.readLine() != null) {
        // What was under way.
      }
    }
    assertThat(stream(token).statusCode()).isEqualTo(401);
  }

  @Test
  void stream_isNoUseOfTheSession() throws Exception {
    var token = session("operator");
    house.now = house.now.plus(Duration.ofMinutes(14));
    stream(token).body().close();
    house.now = house.now.plus(Duration.ofMinutes(2));
    Thread.sleep(Visitors.BELIEVED.toMillis() + 100);
    assertThat(get("/", token).statusCode()).isEqualTo(401);
  }

  @Test
  void lookingAtThePage_isUseOfTheSession() throws Exception {
    var token = session("operator");
    house.now = house.now.plus(Duration.ofMinutes(14));
    assertThat(get("/", token).statusCode()).isEqualTo(200);
    house.now = house.now.plus(Duration.ofMinutes(2));
    Thread.sleep(Visitors.BELIEVED.toMillis() + 100);
    assertThat(get("/", token).statusCode()).isEqualTo(200);
  }
}
