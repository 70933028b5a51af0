package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillGrantsTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private KeyFolder keys;
  private DrillGrants grants;
  private Path secret;

  @BeforeEach
  void init() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 3, 5, random);
    keys.rotateEpoch(random);
    grants = new DrillGrants(keys);
    secret = folder.resolve("drill.key");
    grants.grant(DrillHalf.make(secret, "harbour", random), keys.signing());
  }

  @Test
  void drillKey_opensEveryEpoch_alsoOfTheFuture() throws Exception {
    keys.rotateEpoch(random);
    try (DrillSecrets drill = DrillSecrets.read(secret, grants.folder())) {
      assertThat(keys.grants()).hasSize(3);
      for (var grant : keys.grants()) {
        try (EpochKeys held = keys.epoch(grant);
            EpochKeys opened = drill.open(grant)) {
          assertThat(opened.epochSecret()).isEqualTo(held.epochSecret());
          assertThat(opened.indexSecret()).isEqualTo(held.indexSecret());
          assertThat(opened.grant()).isEqualTo(grant);
        }
      }
    }
  }

  @Test
  void epochOfAnotherCloud_isNotOpened() throws Exception {
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 3, 5, random);
    try (DrillSecrets drill = DrillSecrets.read(secret, grants.folder())) {
      assertThatThrownBy(() -> drill.open(other.grants().get(0)))
          .hasMessageContaining("epoch 1: not granted to the drill key");
    }
  }

  @Test
  void keyBeforeTheOneThatIsGranted_opensNothingAnyMore() throws Exception {
    keys.rotateEpoch(random);
    Path next = folder.resolve("next.key");
    DrillHalf half = DrillHalf.make(next, "harbour", random);
    var signing = keys.signing();
    assertThat(grants.grant(half, signing)).isEqualTo(grants.grant(half, signing));
    assertThatThrownBy(() -> DrillSecrets.read(secret, grants.folder()))
        .isInstanceOfSatisfying(
            KeyException.class,
            e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_GRANT_NOT_OPENED));
    try (DrillSecrets drill = DrillSecrets.read(next, grants.folder())) {
      drill.open(keys.grants().get(2)).close();
    }
  }

  @Test
  void replacingThatWasCutShort_leavesNothingOfTheKeyBefore() throws Exception {
    Files.delete(grants.folder().resolve(DrillCard.FILE));
    Path next = folder.resolve("next.key");
    grants.grant(DrillHalf.make(next, "harbour", random), keys.signing());
    try (DrillSecrets drill = DrillSecrets.read(next, grants.folder())) {
      for (var grant : keys.grants()) {
        drill.open(grant).close();
      }
    }
  }

  @Test
  void secret_isItsOwnersAlone_andNothingIsOverwritten() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> DrillHalf.make(secret, "harbour", random))
        .hasMessageContaining("drill.key");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> DrillSecrets.read(secret, grants.folder()))
        .hasMessageContaining("expected: rw-------");
  }

  @Test
  void report_isCheckedFromTheCloudsCardOn() throws Exception {
    byte[] report = "{}".getBytes(StandardCharsets.UTF_8);
    try (DrillSecrets drill = DrillSecrets.read(secret, grants.folder())) {
      byte[] signature = drill.sign(report);
      DrillCard card = DrillCard.read(grants.folder());
      assertThat(card.isVouchedFor(keys.card().signingKeys())).isTrue();
      assertThat(card.signed(report, signature)).isTrue();
      assertThat(card.signed("[]".getBytes(StandardCharsets.UTF_8), signature)).isFalse();
      assertThat(keys.recovery().signed(report, signature))
          .as("a drill's report is no recovery's")
          .isFalse();
    }
  }

  @Test
  void cardOfAnotherCloudOfThisName_isNotVouchedFor() throws Exception {
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 3, 5, random);
    assertThat(DrillCard.read(grants.folder()).isVouchedFor(other.card().signingKeys())).isFalse();
  }
}
