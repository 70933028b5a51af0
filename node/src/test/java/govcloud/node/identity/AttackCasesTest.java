package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.node.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks as bytes, each with the answer and the record that it leaves. The numbers are those of
 * docs/security/attack-cases.md.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackCasesTest {

  private static final String GET = "GET /v1/me HTTP/1.1\r\nHost: localhost\r\n";
  private static final String END = "Connection: close\r\n\r\n";
  private static final String PUT =
      String.join(
          "\r\n",
          "PUT /v1/audit/retention HTTP/1.1",
          "Host: localhost",
          "Content-Type: application/json",
          "Authorization: Bearer TOKEN",
          "");
  private static final String MALFORMED = "REQUEST_MALFORMED";

  private IdentityHouse house;
  private Client auditor;
  private String token;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    house = new IdentityHouse(folder);
    house.visitFirst("audit-admin", house.code("audit-admin"));
    token = house.signIn("audit-admin");
    auditor = house.at(0, token);
    house.visitFirst("zhang-san", house.code("zhang-san"));
  }

  @AfterAll
  void close() {
    house.close();
  }

  /**
   * One attack.
   *
   * @param number of the case
   * @param bytes that are sent; TOKEN stands for that of a session
   * @param object that the record begins with
   */
  private record Attack(String number, String bytes, int status, String code, String object) {
    @Override
    public String toString() {
      return number + " " + object;
    }
  }

  private static String put(String body) {
    return PUT + "Content-Length: " + body.length() + "\r\n" + END + body;
  }

  private static Attack malformed(String number, String bytes, int status, String object) {
    return new Attack(number, bytes, status, MALFORMED, object);
  }

  static Stream<Attack> attacks() {
    return Stream.of(atTheLine(), beyondTheLimits(), behindTheLine()).flatMap(all -> all);
  }

  private static Stream<Attack> atTheLine() {
    var both = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n";
    return Stream.of(
        malformed("13", PUT + both + END + "0\r\n\r\n", 400, "LENGTH_AND_CODING"),
        malformed(
            "14", PUT + "Content-Length: 5\r\nContent-Length: 6\r\n" + END, 400, "LENGTH_TWICE"),
        malformed(
            "15", PUT + "Content-Length: 5\r\nContent-Length: 5\r\n" + END, 400, "LENGTH_TWICE"),
        malformed("16", GET + "X: y\nZ: w\r\n" + END, 400, "BARE_LF"),
        malformed("17", GET + "X: y\r\n\tz\r\n" + END, 400, "FOLDED_HEADER"),
        malformed("18", GET + "X : y\r\n" + END, 400, "SPACE_IN_NAME"),
        malformed("18", GET + "X: a\u0000b\r\n" + END, 400, ""),
        malformed(
            "23", PUT + "Transfer-Encoding: chunked\r\n" + END + "F".repeat(17) + "\r\n", 400, ""),
        malformed("16", PUT + "Transfer-Encoding: chunked\r\n" + END + "0;a\n\r\n", 400, ""),
        new Attack("22", GET + "X: ", 408, "HEAD_TOO_SLOW", "HEAD_TOO_SLOW"));
  }

  private static Stream<Attack> beyondTheLimits() {
    return Stream.of(
        malformed("19", GET + "X: " + "a".repeat(9_000) + "\r\n" + END, 431, ""),
        malformed("19", GET + "X: y\r\n".repeat(70) + END, 400, ""),
        malformed("20", GET.replace("/v1/me", "/" + "a".repeat(3_000)) + END, 414, ""),
        malformed("25", GET.replace("GET", "FROB") + END, 501, ""),
        new Attack(
            "25",
            PUT.replace("PUT", "TRACE").replace("Content-Type: application/json\r\n", "") + END,
            405,
            "METHOD_NOT_ALLOWED",
            "/v1/audit/retention"));
  }

  private static Stream<Attack> behindTheLine() {
    return Stream.of(
        new Attack(
            "11", GET.replace("localhost", "evil.example") + END, 421, "HOST_NOT_SERVED", "/v1/me"),
        new Attack("67", put("{\"days\": 1e400}"), 422, "BODY_INVALID", "/v1/audit/retention"),
        new Attack(
            "67",
            put("{\"days\": 9223372036854775808}"),
            422,
            "BODY_INVALID",
            "/v1/audit/retention"),
        new Attack("67", put("{\"days\": NaN}"), 400, "JSON_MALFORMED", "/v1/audit/retention"),
        new Attack(
            "70",
            PUT.replace("PUT /v1/audit/retention", "GET /v1/accounts/x';%20DROP%20TABLE%20y;--")
                + END,
            400,
            "IDENTIFIER_MALFORMED",
            "/v1/accounts/"),
        new Attack(
            "76",
            put("days=1").replace("application/json", "text/plain"),
            415,
            "CONTENT_TYPE_UNSUPPORTED",
            "/v1/audit/retention"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attack_isAnsweredWithItsCode_andLeavesARecord(Attack attack) throws Exception {
    house.last = null;
    // Refusals of the attack before are added up no longer, and its records are there.
    Thread.sleep(500);
    var before = records(attack);
    var answer = send(attack.bytes());
    assertThat(answer).startsWith("HTTP/1.1 " + attack.status() + " ");
    assertThat(answer).contains("\"code\":\"" + attack.code() + "\"");
    assertThat(answer).doesNotContain("govcloud.node", "pekko", "Exception");
    assertThat(house.last).as("nothing has come to an endpoint").isNull();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(records(attack)).isGreaterThan(before));
  }

  private String send(String bytes) throws IOException {
    return RawHttp.exchange(URI.create(house.url()).getPort(), bytes.replace("TOKEN", token));
  }

  private long records(Attack attack) {
    return items("action=request-refused&code=" + attack.code())
        .filter(
            record ->
                record.path("object").asText().startsWith(attack.object())
                    && record.path("source").asText().equals("127.0.0.1")
                    && record.path("outcome").asText().equals("denied"))
        .count();
  }

  private Stream<JsonNode> items(String query) {
    var answer = auditor.send("GET", "/v1/audit/records?page_size=500&" + query, null);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return StreamSupport.stream(answer.json().path("items").spliterator(), false);
  }

  /** Case 26. */
  @Test
  void addressThatAHeaderNames_isNotBelieved() throws IOException {
    var answer =
        send(
            GET.replace("/v1/me", "/v1/sessions")
                + "X-Forwarded-For: 10.9.9.9\r\nForwarded: for=10.9.9.9\r\nX-Real-Ip: 10.9.9.9\r\n"
                + "X-User-Id: operator\r\n"
                + END);
    assertThat(answer).startsWith("HTTP/1.1 401").contains("TOKEN_NEEDED");
    assertThat(items("action=listSessions&outcome=denied"))
        .isNotEmpty()
        .allMatch(record -> record.path("source").asText().equals("127.0.0.1"))
        .allMatch(record -> record.path("person").asText().isEmpty());
  }

  /** Case 43. */
  @Test
  void cookieThatWasThereBefore_isNotTheSessionAfterwards() throws IOException {
    house.now = house.now.plus(Duration.ofSeconds(30));
    var chosen = "zhang-san." + "x".repeat(43);
    var form =
        "account=zhang-san&password="
            + IdentityHouse.PASSWORD.replace(" ", "+")
            + "&code="
            + house.totp("zhang-san");
    var answer =
        send(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nCookie: "
                + SessionCookie.NAME
                + "="
                + chosen
                + "\r\nContent-Length: "
                + form.length()
                + "\r\n"
                + END
                + form);
    assertThat(answer)
        .startsWith("HTTP/1.1 303")
        .contains("Set-Cookie: " + SessionCookie.NAME + "=zhang-san.")
        .doesNotContain(chosen);
    assertThat(house.at(0, chosen).send("GET", "/v1/me", null).code()).isEqualTo("TOKEN_WRONG");
  }
}
