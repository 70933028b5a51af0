package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.domain.Actor;
import govcloud.node.http.Client;
import govcloud.pki.request.ContentDigest;
import govcloud.pki.request.ProgramKey;
import govcloud.pki.request.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that sign. An operation answers UNAVAILABLE here when its endpoint was reached. */
@Tag("slow")
class SignedRequestsTest {

  private static final String REACHED = "UNAVAILABLE";
  private static final String CASES = "/v1/tenants/transport/apps/permits/cases";
  private static final String CREATE = CASES + "/c-1";
  private static final String BODY =
      "{\"title\": \"年审\", \"applicant\": {\"name\": \"测试\"}, \"form\": {}}";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;
  private IdentityHouse house;
  private Client security;
  private ProgramKey key;

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
    house.visitFirst("security-admin", house.code("security-admin"));
    security = house.at(0, house.signIn("security-admin"));
    key = ProgramKey.generate("feed", new SecureRandom());
    var enrolled =
        security.send(
            "PUT",
            "/v1/programs/feed",
            """
            {"name": "来件", "tenant": "transport", "roles": ["clerk"], "public_key": "%s",
             "key_expires_at": "2026-06-01T00:00:00Z"}
            """
                .formatted(key.publicKey()));
    assertThat(enrolled.status()).as(enrolled.json().toString()).isEqualTo(201);
    assertThat(enrolled.json().path("key_id").asText()).isEqualTo(key.id());
    assertThat(enrolled.json().has("key")).isFalse();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Map<String, String> signed(
      ProgramKey by, String method, String path, Map<String, String> headers, String body) {
    var digest =
        Optional.ofNullable(body)
            .map(text -> ContentDigest.of(text.getBytes(StandardCharsets.UTF_8)));
    var all = new HashMap<>(headers);
    all.putAll(
        new RequestSigner(by, new SecureRandom(), () -> house.now)
            .headers(method, URI.create(house.url() + path), headers, digest));
    return all;
  }

  private String code(
      int node, String method, String path, Map<String, String> headers, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(house.url(node) + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode json = new ObjectMapper().readTree(answer.body());
    return json.path("code").asText();
  }

  @Test
  void signedRequests_reachTheirEndpoint() throws Exception {
    var path = CASES + "?page_size=5";
    assertThat(code(0, "GET", path, signed(key, "GET", path, Map.of(), null), null))
        .isEqualTo(REACHED);
    assertThat(house.last.actor()).isEqualTo(new Actor("feed", "clerk"));
    assertThat(code(0, "PUT", CREATE, signed(key, "PUT", CREATE, Map.of(), BODY), BODY))
        .isEqualTo(REACHED);
    assertThat(house.last.body().path("title").asText()).isEqualTo("年审");
    var me = Map.of("Govcloud-Acting-As", "feed;role=clerk");
    assertThat(code(0, "GET", path, signed(key, "GET", path, me, null), null)).isEqualTo(REACHED);
  }

  @Test
  void whatIsNotAsItWasSigned_isRefused() throws Exception {
    var headers = signed(key, "PUT", CREATE, Map.of(), BODY);
    assertThat(code(0, "PUT", CASES + "/c-2", headers, BODY)).isEqualTo("REQUEST_SIGNATURE_WRONG");
    assertThat(code(0, "PUT", CREATE + "?dry_run=true", headers, BODY))
        .isEqualTo("REQUEST_SIGNATURE_WRONG");
    assertThat(code(1, "PUT", CREATE, headers, BODY)).isEqualTo("REQUEST_SIGNATURE_WRONG");
    assertThat(code(0, "PUT", CREATE, headers, BODY.replace("年审", "年检")))
        .isEqualTo("CONTENT_DIGEST_WRONG");
    var read = signed(key, "GET", CASES, Map.of(), null);
    assertThat(code(0, "DELETE", CASES, read, null)).isEqualTo("REQUEST_SIGNATURE_WRONG");
    var named = new HashMap<>(read);
    named.put("Govcloud-Acting-As", "feed;role=clerk");
    assertThat(code(0, "GET", CASES, named, null)).isEqualTo("REQUEST_SIGNATURE_WRONG");
    var unsignedBody = signed(key, "PUT", CREATE, Map.of(), null);
    assertThat(code(0, "PUT", CREATE, unsignedBody, BODY)).isEqualTo("REQUEST_SIGNATURE_WRONG");
    var broken = new HashMap<>(read);
    broken.put("Signature", "govcloud=:AAAA:");
    assertThat(code(0, "GET", CASES, broken, null)).isEqualTo("REQUEST_SIGNATURE_MALFORMED");
    broken.remove("Signature");
    assertThat(code(0, "GET", CASES, broken, null)).isEqualTo("REQUEST_SIGNATURE_MALFORMED");
  }

  @Test
  void change_sentAgain_isRefusedAndQuestionIsNot() throws Exception {
    var change = signed(key, "PUT", CREATE, Map.of(), BODY);
    assertThat(code(0, "PUT", CREATE, change, BODY)).isEqualTo(REACHED);
    assertThat(code(0, "PUT", CREATE, change, BODY)).isEqualTo("REQUEST_REPLAYED");
    var question = signed(key, "GET", CASES, Map.of(), null);
    assertThat(code(0, "GET", CASES, question, null)).isEqualTo(REACHED);
    assertThat(code(0, "GET", CASES, question, null)).isEqualTo(REACHED);
    house.now = house.now.plusSeconds(61);
    assertThat(code(0, "GET", CASES, question, null)).isEqualTo("REQUEST_SIGNATURE_WRONG");
  }

  @Test
  void anybodyElse_isRefused() throws Exception {
    var own = ProgramKey.generate("feed", new SecureRandom());
    assertThat(code(0, "GET", CASES, signed(own, "GET", CASES, Map.of(), null), null))
        .isEqualTo("REQUEST_SIGNATURE_WRONG");
    var nobody = ProgramKey.generate("nobody", new SecureRandom());
    assertThat(code(0, "GET", CASES, signed(nobody, "GET", CASES, Map.of(), null), null))
        .isEqualTo("REQUEST_SIGNATURE_WRONG");
    assertThat(house.at(0, key.id()).send("GET", CASES, null).code()).isEqualTo("TOKEN_WRONG");
    var next = ProgramKey.generate("feed", new SecureRandom());
    var replaced =
        security.send(
            "POST",
            "/v1/programs/feed/key",
            "{\"public_key\": \"%s\", \"key_expires_at\": \"2026-06-01T00:00:00Z\"}"
                .formatted(next.publicKey()));
    assertThat(replaced.json().path("key_id").asText()).isEqualTo(next.id());
    assertThat(code(0, "GET", CASES, signed(next, "GET", CASES, Map.of(), null), null))
        .isEqualTo(REACHED);
    house.now = house.now.plusSeconds(2);
    Thread.sleep(1_100);
    assertThat(code(0, "GET", CASES, signed(key, "GET", CASES, Map.of(), null), null))
        .isEqualTo("REQUEST_SIGNATURE_WRONG");
  }
}
