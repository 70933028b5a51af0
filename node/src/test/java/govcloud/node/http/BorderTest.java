package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BorderTest {

  private static final String TENANT =
      """
      {"name":{"zh":"市交通运输局","en":"Transport"},"credit_code":"X","division_code":"999999",
       "disaster_class":"continuous","plan":"standard"}\
      """;

  private BorderHouse house;
  private Client client;

  @BeforeAll
  void listen(@TempDir Path folder) throws IOException {
    house = new BorderHouse(folder);
    client = house.client;
  }

  @AfterAll
  void stop() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/tenants", "/v1/nonsense", "/page/events/x", "/v1/tenants/BAD"})
  void noToken_anything_401AndHowToAuthenticate(String path) {
    var answer = client.anonymously("GET", path);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("TOKEN_NEEDED");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void wrongToken_anything_401() {
    var answer = client.anonymously("GET", "/v1/tenants", "Authorization", "Bearer nonsense");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("TOKEN_WRONG");
  }

  @Test
  void unknownPath_get_404Problem() {
    assertThat(client.send("GET", "/v1/nonsense", null).code()).isEqualTo("PATH_UNKNOWN");
    assertThat(client.send("GET", "/v1//tenants", null).code()).isEqualTo("PATH_UNKNOWN");
    assertThat(client.send("GET", "/v1/tenants/", null).status()).isEqualTo(400);
  }

  @Test
  void wrongMethod_delete_405WithAllow() {
    var answer = client.send("DELETE", "/v1/tenants/harbour", null);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, PATCH, PUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Harbour", "-harbour", "har%20bour", "..%2f..", "%E5%B8%82", "har_bour"})
  void badIdentifier_get_400BeforeUse(String tenant) {
    house.last = null;
    var answer = client.send("GET", "/v1/tenants/" + tenant, null);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("IDENTIFIER_MALFORMED");
    assertThat(house.last).isNull();
  }

  @Test
  void longIdentifier_get_63CharactersAtMost() {
    assertThat(client.send("GET", "/v1/tenants/" + "a".repeat(64), null).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "page_size=0,PARAMETER_MALFORMED",
    "page_size=1001,PARAMETER_MALFORMED",
    "page_size=many,PARAMETER_MALFORMED",
    "page_size=1&page_size=2,PARAMETER_MALFORMED",
    "status=happy,PARAMETER_MALFORMED",
    "min_version=3,PARAMETER_MALFORMED",
    "pagesize=3,PARAMETER_UNKNOWN",
  })
  void badQuery_list_400WithExpectation(String query, String code) {
    var answer = client.send("GET", "/v1/tenants?" + query, null);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().path("detail").asText()).contains("expected");
  }

  @Test
  void closedTenant_asked_503_andMovedForward() {
    var answer = client.send("GET", "/v1/tenants/closed-1", null);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("TENANT_WAITING");
    assertThat(answer.header("Retry-After")).isEqualTo("7");
    assertThat(client.anonymously("GET", "/v1/tenants/closed-2").status()).isEqualTo(401);
    assertThat(house.wanted).containsExactly("closed-1");
  }

  @Test
  void noIfMatch_suspend_428() {
    var answer = client.send("POST", "/v1/tenants/harbour/suspend", "{\"reason\":\"a\"}");
    assertThat(answer.status()).isEqualTo(428);
    assertThat(answer.code()).isEqualTo("IF_MATCH_NEEDED");
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match,7,PARAMETER_MALFORMED",
    "Idempotency-Key,a b,PARAMETER_MALFORMED",
    "Govcloud-Acting-As,zhang,ACTING_AS_MALFORMED",
    "Govcloud-Acting-As,a;role=platform,ACTING_AS_MALFORMED",
    "Govcloud-Acting-As,%00;role=clerk,ACTING_AS_MALFORMED",
  })
  void badHeader_put_400(String name, String value, String code) {
    var answer = client.send("PUT", "/v1/tenants/harbour", TENANT, name, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void goodRequest_put_reachesItsEndpoint() {
    client.send(
        "PUT",
        "/v1/tenants/harbour?dry_run=true",
        TENANT,
        "Idempotency-Key",
        "k-1",
        "Govcloud-Acting-As",
        "%E5%BC%A0%E4%B8%89;role=clerk");
    assertThat(house.last.operation()).isEqualTo("registerTenant");
    assertThat(house.last.path("tenant")).isEqualTo("harbour");
    assertThat(house.last.actor().person()).isEqualTo("张三");
    assertThat(house.last.actor().role()).isEqualTo("clerk");
    assertThat(house.last.idempotencyKey()).isEqualTo("k-1");
    assertThat(house.last.dryRun()).isTrue();
  }

  @Test
  void traceparent_put_isTakenOverAndHeadersAreSafe() {
    var answer =
        client.send(
            "PUT",
            "/v1/tenants/harbour",
            TENANT,
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(house.last.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(answer.header("traceparent"))
        .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-1111111111111111-01");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "damaged,500,ENTITY_DAMAGED,''",
    "unknown,503,OUTCOME_UNKNOWN,1",
    "away,503,UNAVAILABLE,1",
    "broken,500,INTERNAL,''",
    "silent,503,OUTCOME_UNKNOWN,1",
  })
  void failingEndpoint_put_codedProblem(String tenant, int status, String code, String retry) {
    var answer = client.send("PUT", "/v1/tenants/" + tenant, TENANT);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.header("Retry-After")).isEqualTo(retry);
    assertThat(answer.response().body()).doesNotContain("secret");
    assertThat(answer.json().path("trace_id").asText()).isEqualTo("1".repeat(32));
    assertThat(answer.header("Connection")).isEqualTo(tenant.equals("silent") ? "close" : "");
  }

  @Test
  void busyTenant_manyRequests_429AndOthersGoOn() {
    for (int i = 0; i < 2; i++) {
      var allowed = client.send("PUT", "/v1/tenants/busy", TENANT);
      assertThat(allowed.status()).isEqualTo(200);
      assertThat(allowed.header("RateLimit")).isEqualTo("\"tenant\";r=" + (1 - i) + ";t=1");
    }
    var refused = client.send("PUT", "/v1/tenants/busy", TENANT);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"tenant\";q=2;w=1");
    assertThat(client.send("PUT", "/v1/tenants/calm", TENANT).status()).isEqualTo(200);
    house.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(client.send("PUT", "/v1/tenants/busy", TENANT).status()).isEqualTo(200);
  }

  @Test
  void allPlacesTaken_request_503AtOnce_operatorsAndThoseAfterwardsAreAnswered() {
    var taken = new ArrayList<ConcurrencyLimit.Place>();
    for (int i = 0; i < BorderHouse.PLACES; i++) {
      var place = new ConcurrencyLimit.Place();
      assertThat(place.take(house.places.tenants(), Optional.empty())).isTrue();
      taken.add(place);
    }
    house.last = null;
    for (int i = 0; i < 3 * BorderHouse.PLACES; i++) {
      var refused = client.send("PUT", "/v1/tenants/harbour", TENANT);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("OVERLOADED");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
    }
    assertThat(house.last).isNull();
    assertThat(house.places.tenants().underWay()).isEqualTo(BorderHouse.PLACES);
    assertThat(client.anonymously("PUT", "/v1/tenants/harbour").code())
        .as("nobody is asked who they are while there is no place for them")
        .isEqualTo("OVERLOADED");
    client.send("POST", "/v1/operations/o-1/cancel", "{\"reason\":\"late\"}");
    assertThat(house.last.operation()).isEqualTo("cancelOperation");
    taken.forEach(ConcurrencyLimit.Place::leave);
    assertThat(client.anonymously("PUT", "/v1/tenants/harbour").code()).isEqualTo("TOKEN_NEEDED");
    assertThat(client.send("PUT", "/v1/tenants/harbour", TENANT).status()).isEqualTo(200);
    assertThat(house.places.tenants().underWay()).isZero();
  }
}
