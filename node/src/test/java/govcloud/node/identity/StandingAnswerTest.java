package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.Session;
import govcloud.node.http.Client;
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

/** An answer that goes on ends with the right to have it (attack case 62), and that is told. */
@Tag("slow")
@Timeout(60)
class StandingAnswerTest {

  private static final String FILE = "/v1/tenants/transport/attachments/" + "0".repeat(64);

  /** A second in which an account is believed, half of one between two looks, and some to spare. */
  private static final Duration SOON = Duration.ofSeconds(4);

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

  private Client as(String account) {
    return house.at(0, session(account));
  }

  private HttpResponse<InputStream> open(String path, String header, String value)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(house.url() + path))
            .header("Accept", "text/event-stream")
            .header(header, value)
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private HttpResponse<InputStream> open(String path, String token) throws Exception {
    return open(path, "Authorization", "Bearer " + token);
  }

  /** Somebody who waits for a file. */
  private HttpResponse<InputStream> fetch(String path, String token) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(house.url() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private long uses(String account) {
    return house.accounts.events(account).stream()
        .filter(event -> event instanceof AccountEvent.SessionUsed)
        .count();
  }

  /** The two lines of the last event of a stream that has to end soon. */
  private static String last(HttpResponse<InputStream> answer) throws IOException {
    var begun = System.nanoTime();
    var last = "";
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      var before = "";
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          last = before + "\n" + line;
        }
        before = line;
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    return last;
  }

  private static void awaitFirst(HttpResponse<InputStream> answer) throws IOException {
    assertThat(answer.body().read()).isNotNegative();
  }

  private String audit(String action) {
    var records =
        as("audit-admin")
            .send("GET", "/v1/audit/records?outcome=denied&action=" + action, null)
            .json()
            .path("items");
    assertThat(records).hasSize(1);
    var record = records.get(0);
    return record.path("person").asText()
        + " "
        + record.path("object").asText()
        + " "
        + record.path("code").asText();
  }

  @Test
  void events_whenTheSessionIsEnded_endWithTheReason() throws Exception {
    var token = session("operator");
    var answer = open("/v1/events", token);
    awaitFirst(answer);
    Thread.sleep(2 * Visitors.BELIEVED.toMillis());
    assertThat(answer.body().available()).as("it still goes on").isPositive();
    house.at(1, token).send("DELETE", "/v1/sessions/current", "");
    assertThat(last(answer)).startsWith("event: end\ndata: {").contains("\"code\":\"TOKEN_WRONG\"");
    assertThat(audit("streamEvents")).isEqualTo("operator /v1/events TOKEN_WRONG");
  }

  @Test
  void events_whenTheProgramIsSuspended_end() throws Exception {
    var security = as("security-admin");
    var answer = open("/v1/events", IdentityHouse.TOKEN);
    awaitFirst(answer);
    var suspended =
        security.send("POST", "/v1/accounts/command-line/suspend", "{\"reason\": \"lost\"}");
    assertThat(suspended.status()).isEqualTo(200);
    assertThat(last(answer)).contains("event: end", "\"code\":\"TOKEN_WRONG\"");
  }

  @Test
  void file_whenTheSessionIsEnded_breaksOff() throws Exception {
    var token = session("zhang-san");
    var answer = fetch(FILE, token);
    awaitFirst(answer);
    house.at(0, token).send("DELETE", "/v1/sessions/current", "");
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    assertThat(audit("fetchAttachment")).isEqualTo("zhang-san " + FILE + " TOKEN_WRONG");
  }

  @Test
  void file_thatTakesLong_isAUseOfItsSession_andAStreamIsNone() throws Exception {
    var reader = session("zhang-san");
    var watcher = session("operator");
    var file = fetch(FILE, reader);
    var stream = open("/v1/events", watcher);
    awaitFirst(file);
    awaitFirst(stream);
    house.now = house.now.plus(Session.IDLE_LIMIT.minusSeconds(60));
    await().atMost(SOON).untilAsserted(() -> assertThat(uses("zhang-san")).isEqualTo(1));
    Thread.sleep(Visitors.BELIEVED.toMillis());
    assertThat(uses("operator")).isZero();
    file.body().close();
    stream.body().close();
  }

  @Test
  void firstPage_byTheLink_endsWithTheTokenOfTheInstallation() throws Exception {
    var security = as("security-admin");
    var link = house.stranger().anonymously("GET", "/?token=" + IdentityHouse.TOKEN);
    assertThat(link.status()).isEqualTo(303);
    var cookie = link.header("Set-Cookie").replaceFirst(";.*", "");
    assertThat(house.stranger().anonymously("GET", "/", "Cookie", cookie).status()).isEqualTo(200);
    var answer = open("/page/events", "Cookie", cookie);
    awaitFirst(answer);
    security.send("POST", "/v1/accounts/command-line/suspend", "{\"reason\": \"lost\"}");
    assertThat(last(answer)).contains("event: end", "\"code\":\"TOKEN_WRONG\"");
    assertThat(house.stranger().anonymously("GET", "/", "Cookie", cookie).status()).isEqualTo(401);
  }

  @Test
  void firstPage_whenTheSessionIsEnded_tellsWhyAndTheTrailToo() throws Exception {
    var token = session("operator");
    var answer = open("/page/events", "Cookie", SessionCookie.NAME + "=" + token);
    awaitFirst(answer);
    house.at(0, token).send("DELETE", "/v1/sessions/current", "");
    assertThat(last(answer)).contains("event: end", "\"code\":\"TOKEN_WRONG\"");
    assertThat(audit("streamPage")).isEqualTo("operator /page/events TOKEN_WRONG");
  }
}
