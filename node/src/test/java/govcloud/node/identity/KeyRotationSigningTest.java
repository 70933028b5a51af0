package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.node.http.Client;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next key of a cloud is made when two officers have signed for it, each with a passkey. */
@Tag("slow")
class KeyRotationSigningTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIGNING = "{\"key\": \"signing\"}";

  @TempDir private Path folder;
  private IdentityHouse house;
  private Officer operator;
  private Officer security;

  /** Somebody with a passkey. */
  private final class Officer {
    private final SoftwareAuthenticator authenticator;
    private final String account;

    Officer(String account) throws Exception {
      this.account = account;
      this.authenticator = new SoftwareAuthenticator("key-of-" + account);
      var pages = new Pages(house.url(0));
      house.visitFirst(account, house.code(account));
      house.now = house.now.plus(Duration.ofSeconds(30));
      var right = IdentityHouse.PASSWORD;
      pages.post("/sign-in", "account", account, "password", right, "code", house.totp(account));
      var begun =
          pages.post(
              "/my-account/passkeys", "csrf", pages.word(), "name", "desk", "password", right);
      var made = authenticator.make(Pages.options(begun));
      var added =
          pages.post(
              "/my-account/passkeys/added", "csrf", pages.word(), "name", "desk", "answer", made);
      assertThat(added.statusCode()).isEqualTo(303);
    }

    Client api() {
      return house.at(1, house.signIn(account));
    }

    Client.Answer signs(String operation, String challenge) throws Exception {
      var options = JSON.writeValueAsString(Map.of("publicKey", Map.of("challenge", challenge)));
      var body = JSON.writeValueAsString(Map.of("answer", authenticator.sign(options)));
      return api().send("POST", "/v1/approvals/" + operation, body);
    }

    JsonNode sees(String operation) {
      return api().send("GET", "/v1/approvals/" + operation, null).json();
    }
  }

  @BeforeEach
  void open() throws Exception {
    house = new IdentityHouse(folder);
    operator = new Officer("operator");
    security = new Officer("security-admin");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String asked(Officer officer, String key) {
    var answer =
        officer
            .api()
            .send("POST", "/v1/replication/key-rotations", SIGNING, "Idempotency-Key", key);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    return answer.json().path("operation").asText();
  }

  @Test
  void twoDuties_signTheExactCommand_theKeyIsMadeAndWhatTheySignedIsKept() throws Exception {
    var operation = asked(operator, "first");
    var challenge = security.sees(operation).path("challenge").asText();
    assertThat(security.signs(operation, challenge).status()).isEqualTo(200);
    assertThat(house.keys().newestSigning()).isEqualTo(1);
    var done = operator.signs(operation, challenge);
    assertThat(done.status()).as(done.json().toString()).isEqualTo(200);
    assertThat(house.keys().newestSigning()).isEqualTo(2);
    var kept = operator.sees(operation);
    assertThat(kept.path("status").asText()).isEqualTo("succeeded");
    assertThat(kept.path("command").asText())
        .contains("command: keys.rotate\n", "subject: keys/signing/2\n", "asked by: operator\n");
    assertThat(kept.path("result").asText())
        .isEqualTo(ReplicaHash.hex(house.keys().signingKeys().get(1).publicKey()));
    assertThat(kept.path("signatures").findValuesAsText("person"))
        .containsExactly("security-admin", "operator");
  }

  @Test
  void whatIsNotTwoDutiesOverThisCommand_isRefused() throws Exception {
    var operation = asked(security, "first");
    var other = asked(security, "second");
    var challenge = operator.sees(operation).path("challenge").asText();
    assertThat(operator.signs(other, challenge).code()).isEqualTo("SIGNATURE_REFUSED");
    assertThat(operator.signs(operation, challenge).status()).isEqualTo(200);
    assertThat(operator.signs(operation, challenge).code()).isEqualTo("APPROVAL_OWN");
    var system = new Officer("system-admin");
    assertThat(system.signs(operation, challenge).code()).isEqualTo("APPROVAL_ROLE_WRONG");
    assertThat(house.keys().newestSigning()).isEqualTo(1);
    house.keys().rotateSigning(new SecureRandom());
    assertThat(security.signs(operation, challenge).code()).isEqualTo("KEY_ROTATION_PAST");
  }

  @Test
  void drillKey_isGrantedWhatTheCloudSent_whenTwoDutiesHaveSigned() throws Exception {
    var grants = new DrillGrants(house.keys());
    var file = folder.resolve("drill.key");
    var half = DrillHalf.make(file, "extranet", new SecureRandom());
    var body =
        "{\"key\": \"%s\", \"signer\": \"%s\"}"
            .formatted(ReplicaHash.hex(half.key()), ReplicaHash.hex(half.signer()));
    var answer = operator.api().send("POST", "/v1/replication/drill-keys", body);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    var operation = answer.json().path("operation").asText();
    var challenge = operator.sees(operation).path("challenge").asText();
    operator.signs(operation, challenge);
    assertThat(grants.exists()).isFalse();
    assertThat(security.signs(operation, challenge).json().path("status").asText())
        .isEqualTo("succeeded");
    try (var secrets = DrillSecrets.read(file, grants.folder())) {
      secrets.open(house.keys().grants().get(0)).close();
      assertThat(operator.sees(operation).path("result").asText())
          .isEqualTo(ReplicaHash.hex(secrets.card().key().id()));
    }
  }

  @Test
  void program_asks_isRefused() {
    house.code("operator");
    var answer =
        house.at(0, IdentityHouse.TOKEN).send("POST", "/v1/replication/key-rotations", SIGNING);
    assertThat(answer.code()).isEqualTo("PERSON_NEEDED");
  }
}
