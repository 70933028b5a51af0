package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCeremonyTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private KeyFolder keys;
  private List<Path> shares;

  @BeforeEach
  void init() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 3, 5, random);
  }

  @Test
  void everyThreeShares_joined_openTheEpoch() throws Exception {
    for (int a = 0; a < 5; a++) {
      for (int b = a + 1; b < 5; b++) {
        for (int c = b + 1; c < 5; c++) {
          List<Path> three = List.of(shares.get(c), shares.get(a), shares.get(b));
          byte[] privateKey = KeyCeremony.join(keys.recovery(), three);
          try (EpochKeys held = keys.epoch();
              EpochKeys opened = RecoveryKey.open(privateKey, "harbour", held.grant())) {
            assertThat(opened.epochSecret()).isEqualTo(held.epochSecret());
            assertThat(opened.indexSecret()).isEqualTo(held.indexSecret());
          }
        }
      }
    }
  }

  @Test
  void twoShares_joined_areTooFew() {
    assertDefect(
        KeyDefect.KEY_SHARES_TOO_FEW,
        () -> KeyCeremony.join(keys.recovery(), shares.subList(0, 2)));
    assertThat(check(shares.subList(0, 2)).joined()).isFalse();
  }

  @Test
  void oneShareGivenThreeTimes_joined_countsOnce() {
    List<Path> same = List.of(shares.get(0), shares.get(0), shares.get(0));
    assertThat(check(same).good()).isEqualTo(1);
    assertDefect(KeyDefect.KEY_SHARES_TOO_FEW, () -> KeyCeremony.join(keys.recovery(), same));
  }

  @Test
  void mistypedShare_checked_isNamedByItsChecksum() throws Exception {
    String text = Files.readString(shares.get(1));
    int at = text.indexOf("secret: ") + 10;
    char other = text.charAt(at) == '0' ? '1' : '0';
    Files.writeString(shares.get(1), text.substring(0, at) + other + text.substring(at + 1));
    ShareCheck check = check(shares);
    assertThat(check.files().get(1).defect()).isEqualTo(KeyDefect.KEY_FILE_DAMAGED);
    assertThat(check.good()).isEqualTo(4);
    assertThat(check.joined()).isTrue();
  }

  /** A share whose checksum was made to fit is still not the one that was made. */
  @Test
  void forgedShare_checked_isNamed() throws Exception {
    RecoveryShare share = RecoveryShare.parse(Files.readAllBytes(shares.get(2)));
    share.secret()[5] ^= 1;
    Files.delete(shares.get(2));
    SecretFiles.write(shares.get(2), share.toFile());
    ShareCheck check = check(shares);
    assertThat(check.files().get(2).defect()).isEqualTo(KeyDefect.KEY_SHARE_WRONG);
    assertThat(check.files().get(2).share()).isEqualTo(3);
    assertThat(check.joined()).isTrue();
  }

  @Test
  void otherCloudsShare_checked_isForeign() throws Exception {
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    List<Path> foreign = KeyCeremony.init(other, "desert", folder.resolve("foreign"), 2, 3, random);
    ShareCheck check = check(List.of(shares.get(0), foreign.get(1)));
    assertThat(check.files().get(1).defect()).isEqualTo(KeyDefect.KEY_SHARE_FOREIGN);
  }

  @Test
  void keysThatAreThere_initAgain_areKept() throws Exception {
    SigningKey before = keys.signing();
    assertDefect(
        KeyDefect.KEY_FILE_EXISTS,
        () -> KeyCeremony.init(keys, "harbour", folder.resolve("more"), 3, 5, random));
    KeyFolder fresh = new KeyFolder(folder.resolve("fresh"));
    assertDefect(
        KeyDefect.KEY_FILE_EXISTS,
        () -> KeyCeremony.init(fresh, "harbour", folder.resolve("shares"), 3, 5, random));
    assertThat(keys.signing().id()).isEqualTo(before.id());
    assertThat(fresh.exists()).isFalse();
  }

  @Test
  void everyFile_written_isTheOwnersAloneOrHoldsNoSecret() throws Exception {
    for (Path file : files()) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      boolean open = file.toString().endsWith(".pub") || file.toString().endsWith(".gkey");
      assertThat(mode).as(file.toString()).isEqualTo(open ? "rw-r--r--" : "rw-------");
    }
  }

  @Test
  void privateRecoveryKey_searchedInAllFiles_isNowhere() throws Exception {
    byte[] privateKey = KeyCeremony.join(keys.recovery(), shares);
    String hex = ReplicaHash.hex(ByteString.copyFrom(privateKey));
    String raw = new String(privateKey, StandardCharsets.ISO_8859_1);
    assertThat(files()).hasSizeGreaterThan(8);
    for (Path file : files()) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(text).as(file.toString()).doesNotContain(hex, raw);
    }
  }

  @Test
  void epoch_rotated_hasNewSecretsAndTheSameNames() throws Exception {
    try (EpochKeys first = keys.epoch()) {
      assertThat(keys.rotateEpoch(random)).isEqualTo(2);
      byte[] privateKey = KeyCeremony.join(keys.recovery(), shares);
      List<KeyGrant> grants = keys.grants();
      assertThat(grants).hasSize(2);
      try (EpochKeys second = RecoveryKey.open(privateKey, "harbour", grants.get(1))) {
        assertThat(second.epochSecret()).isNotEqualTo(first.epochSecret());
        assertThat(second.tenant("housing")).isEqualTo(first.tenant("housing"));
      }
      RecoveryKey.open(privateKey, "harbour", grants.get(0)).close();
    }
  }

  @Test
  void grant_openedForAnotherCloudOrWithAnotherKey_isRefused() throws Exception {
    byte[] privateKey = KeyCeremony.join(keys.recovery(), shares);
    KeyGrant grant = keys.grants().get(0);
    assertDefect(
        KeyDefect.KEY_GRANT_NOT_OPENED, () -> RecoveryKey.open(privateKey, "desert", grant));
    byte[] other = RecoveryKey.generate(random);
    assertDefect(KeyDefect.KEY_GRANT_NOT_OPENED, () -> RecoveryKey.open(other, "harbour", grant));
  }

  @Test
  void signingKey_rotated_isVouchedForByTheOneBefore() throws Exception {
    ByteString first = keys.signing().publicKey();
    keys.rotateSigning(random);
    keys.rotateSigning(random);
    assertThat(keys.signingKeys()).hasSize(3);
    List<ByteString> statements = new ArrayList<>(keys.statements());
    assertThat(KeyStatements.verify("harbour", first, signer(), statements).get(2).publicKey())
        .isEqualTo(keys.signing().publicKey());
    statements.remove(1);
    assertDefect(
        KeyDefect.KEY_STATEMENT_WRONG,
        () -> KeyStatements.verify("harbour", first, signer(), statements));
    assertDefect(
        KeyDefect.KEY_STATEMENT_WRONG,
        () -> KeyStatements.verify("desert", first, signer(), keys.statements()));
  }

  /** A cloud that lost its site: the sibling has its card, people have the shares. */
  @Test
  void lostCloud_recovered_hasItsEpochsAndAKeyThatFencesTheOldOnes() throws Exception {
    keys.rotateEpoch(random);
    keys.rotateSigning(random);
    CloudCard card = CloudCard.parse(keys.card().toFile());
    KeyFolder fresh = new KeyFolder(folder.resolve("fresh"));
    try (RecoverySecrets secrets = RecoverySecrets.join(card.recovery(), shares.subList(1, 4))) {
      fresh.recover(card, secrets, keys.grants(), END, random);
    }
    assertThat(fresh.grants().subList(0, 2)).isEqualTo(keys.grants());
    assertThat(fresh.grants()).hasSize(3);
    try (EpochKeys before = keys.epoch();
        EpochKeys after = fresh.epoch()) {
      assertThat(after.tenant("housing")).isEqualTo(before.tenant("housing"));
      assertThat(after.epochSecret()).isNotEqualTo(before.epochSecret());
    }
    card.requireSuccessor(fresh.card());
    TrustedKeys trusted = new TrustedKeys(CloudCard.parse(fresh.card().toFile()).signingKeys());
    assertThat(trusted.all()).extracting(key -> key.siteEpoch()).containsExactly(1, 1, 2);
    assertThat(fenced(trusted, keys.signing(), 7)).isFalse();
    assertThat(fenced(trusted, keys.signing(), 8)).isTrue();
    assertThat(fenced(trusted, fresh.signing(), 8)).isFalse();
    fresh.rotateSigning(random);
    assertThat(fresh.signingKeys().get(3).siteEpoch()).isEqualTo(2);
  }

  /** Whoever has stolen the old site's signing key can make no key that fences the new one. */
  @Test
  void otherCloudsSigner_vouching_isRefused() throws Exception {
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    List<Path> foreign =
        KeyCeremony.init(other, "harbour", folder.resolve("foreign"), 2, 3, random);
    CloudCard mixed =
        new CloudCard("harbour", other.recovery(), keys.statements(), keys.link().certificate());
    KeyFolder fresh = new KeyFolder(folder.resolve("fresh"));
    try (RecoverySecrets secrets = RecoverySecrets.join(other.recovery(), foreign)) {
      fresh.recover(mixed, secrets, other.grants(), END, random);
    }
    assertDefect(
        KeyDefect.KEY_STATEMENT_WRONG,
        () ->
            KeyStatements.verify(
                "harbour", keys.signing().publicKey(), signer(), fresh.statements()));
  }

  private static final SiteEnd END = new SiteEnd(new TreeMap<>(Map.of(3, 7L)), 2, 1);

  private static boolean fenced(TrustedKeys trusted, SigningKey key, long number) {
    return trusted.isFenced(key.id(), StatementKind.SEGMENT, 3, number);
  }

  private ByteString signer() throws KeyException {
    return keys.recovery().signer();
  }

  @Test
  void secretThatOthersCanRead_used_isRefused() throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve("keys/signing-1.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertDefect(KeyDefect.KEY_FILE_EXPOSED, keys::signing);
  }

  private ShareCheck check(List<Path> files) {
    try {
      return KeyCeremony.check(keys.recovery(), files);
    } catch (KeyException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void assertDefect(
      KeyDefect defect, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(KeyException.class, e -> assertThat(e.defect()).isEqualTo(defect));
  }
}
