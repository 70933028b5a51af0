package govcloud.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.cli.ExitCode;
import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys after the first ones are asked of the cloud, and nothing is made beside it. */
class FurtherKeysTest {
  private static final String ASKED =
      "{\"operation\": \"keys-1\", \"page\": \"/approvals/keys-1\"}";
  private static final String REFUSED =
      "{\"code\": \"PERSON_NEEDED\", \"title\": \"t\", \"detail\": \"d\"}";

  @TempDir private Path folder;
  private KeyFolder keys;
  private Path file;

  @BeforeEach
  void init() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    file = folder.resolve("drill.key");
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, new SecureRandom());
    Files.writeString(folder.resolve("token"), "secret\n");
  }

  private TestApi.Request asked(ExitCode expected, TestApi.Answer answer, String... arguments)
      throws Exception {
    try (TestApi api =
        new TestApi(
            request -> request.method().equals("POST") ? answer : TestApi.Answer.of(200, ASKED))) {
      TestTerminal terminal =
          new TestTerminal(false, "", Map.of("GOVCLOUD_HOME", folder.toString()));
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--url", api.url(), "--token-file", folder.resolve("token").toString()));
      assertThat(terminal.run(all.toArray(new String[0])))
          .as(terminal.err())
          .isEqualTo(expected.number());
      return api.requests().get(0);
    }
  }

  @Test
  void rotation_isAskedOfTheCloud_andNoKeyIsMadeHere() throws Exception {
    var accepted = TestApi.Answer.of(202, ASKED);
    var signing = asked(ExitCode.OK, accepted, "keys", "rotate", "--signing");
    assertThat(signing.target()).isEqualTo("/v1/replication/key-rotations");
    assertThat(signing.body().path("key").asText()).isEqualTo("signing");
    var epoch = asked(ExitCode.OK, accepted, "keys", "rotate", "--epoch");
    assertThat(epoch.body().path("key").asText()).isEqualTo("epoch");
    assertThat(keys.newestSigning()).isEqualTo(1);
    assertThat(keys.epochs()).hasSize(1);
  }

  @Test
  void drillKey_isKeptAndItsPublicHalfAskedFor() throws Exception {
    var accepted = TestApi.Answer.of(202, ASKED);
    var request = asked(ExitCode.OK, accepted, "keys", "drill", file.toString());
    assertThat(request.target()).isEqualTo("/v1/replication/drill-keys");
    var grants = new DrillGrants(keys);
    assertThat(grants.exists()).isFalse();
    grants.grant(half(request.body()), keys.signing());
    try (var secrets = DrillSecrets.read(file, grants.folder())) {
      assertThat(ReplicaHash.hex(secrets.card().key().publicKey()))
          .isEqualTo(request.body().path("key").asText());
    }
  }

  private static DrillHalf half(JsonNode body) {
    return new DrillHalf(bytes(body, "key"), bytes(body, "signer"));
  }

  private static ByteString bytes(JsonNode body, String name) {
    return ByteString.copyFrom(HexFormat.of().parseHex(body.path(name).asText()));
  }

  @Test
  void drillKeyThatNobodyIsAskedFor_isForgotten() throws Exception {
    asked(ExitCode.FORBIDDEN, TestApi.Answer.of(403, REFUSED), "keys", "drill", file.toString());
    assertThat(file).doesNotExist();
    asked(
        ExitCode.OK, TestApi.Answer.of(202, ASKED), "keys", "drill", file.toString(), "--dry-run");
    assertThat(file).doesNotExist();
  }
}
