package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyTest {

  private static final String CASE =
      """
      {"title":"t","applicant":{"name":"a"},"form":{"x":%s}}""";
  private static final String CASE_PATH = "/v1/tenants/harbour/apps/permits/cases/c-1";

  private BorderHouse house;

  @BeforeAll
  void listen(@TempDir Path folder) throws IOException {
    house = new BorderHouse(folder);
  }

  @AfterAll
  void stop() {
    house.close();
  }

  @Test
  void malformedJson_put_400WithLineAndColumn() {
    var answer = house.client.send("PUT", CASE_PATH, "{\"name\":\n  oops}");
    assertThat(answer.code()).isEqualTo("JSON_MALFORMED");
    assertThat(answer.json().path("detail").asText()).contains("line 2, column");
  }

  @ParameterizedTest
  @CsvSource({"\\ud800", "\\udc00", "a\\ud83dz", "\\ude00\\ud83d"})
  void halfCharacter_put_400WithPointer(String half) {
    var answer = house.client.send("PUT", CASE_PATH, CASE.formatted("[\"ok\",\"" + half + "\"]"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("JSON_MALFORMED");
    assertThat(answer.json().path("errors").path(0).path("pointer").asText())
        .isEqualTo("/form/x/1");
  }

  @Test
  void wholeCharacterOutsideThePlane_put_isNotMistakenForHalves() {
    var answer = house.client.send("PUT", CASE_PATH, CASE.formatted("\"\\ud83d\\ude00\""));
    assertThat(answer.code()).isNotEqualTo("JSON_MALFORMED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"reason\":\"a\",\"reason\":\"b\"}|JSON_MALFORMED",
        "{\"reason\":\"a\"} {}|JSON_MALFORMED",
        "{\"reason\":\"a\"|JSON_MALFORMED",
        "{\"reason\":NaN}|JSON_MALFORMED",
        "{\"reason\":\"a\",\"because\":\"b\"}|BODY_INVALID",
        "{\"reason\":7}|BODY_INVALID",
        "{\"reason\":\"\"}|BODY_INVALID",
        "[]|BODY_INVALID",
        "{}|BODY_INVALID",
        "null|BODY_INVALID",
      })
  void badBody_suspend_coded(String body, String code) {
    var path = "/v1/tenants/harbour/suspend";
    var answer = house.client.send("POST", path, body, "If-Match", "\"1\"");
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(code.equals("BODY_INVALID") ? 422 : 400);
  }

  @Test
  void unknownMember_put_jsonPointerToIt() {
    var answer =
        house.client.send(
            "PUT", CASE_PATH, CASE.formatted(1).replace("\"name\"", "\"nick\":1,\"name\""));
    assertThat(answer.code()).isEqualTo("BODY_INVALID");
    assertThat(answer.json().path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .containsExactly("/applicant/nick");
  }

  @Test
  void emptyBody_suspend_400() {
    var answer = house.client.send("POST", "/v1/tenants/harbour/suspend", "", "If-Match", "\"1\"");
    assertThat(answer.code()).isEqualTo("BODY_MISSING");
  }

  @Test
  void deepJson_put_400() {
    var deep = "[".repeat(5000) + "]".repeat(5000);
    var answer = house.client.send("PUT", CASE_PATH, CASE.formatted(deep));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("JSON_TOO_DEEP");
  }

  @Test
  void oversizedBody_put_413() throws IOException {
    var head = head("PUT", CASE_PATH, "Content-Length: 2000000");
    assertThat(raw(head + "{"))
        .startsWith("HTTP/1.1 413")
        .contains("BODY_TOO_LARGE", "Connection: close");
  }

  @Test
  void oversizedChunks_put_413() throws IOException {
    var head = head("PUT", CASE_PATH, "Transfer-Encoding: chunked");
    var chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
    assertThat(raw(head + chunk.repeat(17) + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("BODY_TOO_LARGE", "Connection: close");
  }

  @Test
  void largestBody_put_isTaken() {
    var answer =
        house.client.send("PUT", CASE_PATH, CASE.formatted("\"" + "y".repeat(1_040_000) + "\""));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void wrongContentType_post_415() {
    var path = "/v1/tenants/harbour/suspend";
    var answer =
        house.client.send(
            "POST", path, "reason=a", "If-Match", "\"1\"", "Content-Type", "text/plain");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("CONTENT_TYPE_UNSUPPORTED");
  }

  @Test
  void slowBody_put_408AndTheConnectionEnds() throws IOException {
    assertThat(raw(head("PUT", CASE_PATH, "Content-Length: 500") + "{\"title\":"))
        .startsWith("HTTP/1.1 408")
        .contains("BODY_TOO_SLOW", "Connection: close");
  }

  @Tag("slow")
  @Test
  void slowHead_anything_408AndTheConnectionEnds() throws IOException {
    assertThat(raw("GET /v1/tenants HTTP/1.1\r\nHost:"))
        .startsWith("HTTP/1.1 408")
        .contains("HEAD_TOO_SLOW", "Connection: close");
  }

  @Test
  void badHeader_bytes_400Problem() throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"))
        .contains("400")
        .contains("REQUEST_MALFORMED");
  }

  private static String head(String method, String path, String length) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
        + TestTokens.TOKEN
        + "\r\n"
        + length
        + "\r\n\r\n";
  }

  private String raw(String bytes) throws IOException {
    return RawHttp.exchange(house.port, bytes);
  }
}
