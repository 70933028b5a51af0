package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next key of a cloud is made when two officers have signed for it, each with a passkey. */
@Tag("slow")
class KeyRotationSigningTest {
  private static final String SIGNING = "{\"key\": \"signing\"}";

  @TempDir private Path folder;
  private IdentityHouse house;
  private HouseOfficer operator;
  private HouseOfficer security;

  @BeforeEach
  void open() throws Exception {
    house = new IdentityHouse(folder);
    operator = new HouseOfficer(house, "operator");
    security = new HouseOfficer(house, "security-admin");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String asked(HouseOfficer officer, String key) {
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
    var system = new HouseOfficer(house, "system-admin");
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
