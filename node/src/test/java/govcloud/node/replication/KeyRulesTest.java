package govcloud.node.replication;

import static govcloud.node.replication.KeyHouse.LI;
import static govcloud.node.replication.KeyHouse.WANG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.operation.DrillGrant;
import govcloud.domain.operation.KeyRotation;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys for which two officers have signed are used, and no others. */
class KeyRulesTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private KeyHouse house;
  private KeyFolder keys;
  private HomeArchive home;
  private KeyRules rules;

  @BeforeEach
  void open() throws Exception {
    house = new KeyHouse(folder);
    keys = house.keys;
    home = house.home();
    rules = house.rules(home);
  }

  @AfterEach
  void close() {
    house.close();
  }

  /** It is written down once, and stands among the alarms. */
  private void assertRefused(String subject, String code) {
    assertThat(house.trail)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.object()).isEqualTo(subject);
              assertThat(record.outcome()).isEqualTo(AuditRecord.Outcome.DENIED);
              assertThat(record.code()).isEqualTo(code);
            });
    assertThat(rules.alarms())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.kind()).isEqualTo(ReplicationAlarm.Kind.KEY_REFUSED);
              assertThat(alarm.subject()).isEqualTo(subject);
              assertThat(alarm.detail()).startsWith(code);
            });
  }

  @Test
  void signingKeyThatNobodySignedFor_isRefused() throws Exception {
    keys.rotateSigning(random);
    assertThat(rules.signingNumber(2)).isEqualTo(1);
    assertThat(rules.signing().counts(2)).isFalse();
    assertRefused("keys/signing/2", "KEY_NOT_APPROVED");
  }

  @Test
  void keyPutInPlaceOfTheOneSignedFor_isRefused() throws Exception {
    house.rotate("keys-1", KeyRotation.Kind.SIGNING);
    Files.delete(keys.folder().resolve("signing-2.key"));
    Files.delete(keys.folder().resolve("signing-2.gkey"));
    keys.rotateSigning(random);
    assertThat(rules.signing().counts(2)).isFalse();
  }

  @Test
  void cloudWithoutOfficers_andOneOfANewSite_needNoSignatures() throws Exception {
    house.isWithOfficers = false;
    keys.rotateSigning(random);
    assertThat(rules.signingNumber(2)).isEqualTo(2);
    house.isWithOfficers = true;
    house.site.giveUp();
    var rebuilt = new KeyFolder(folder.resolve("new-keys"));
    home = house.home(rebuilt);
    rules = house.rules(home);
    assertThat(rules.signing().counts(3)).isTrue();
    // the new site's archive has none of the statements that the lost one had sent
    assertThat(rules.signing().counts(2)).isTrue();
    rules.look();
    try (var sealing = home.sealing().open()) {
      assertThat(sealing.grant().getEpoch()).as("made by the recovery").isEqualTo(2);
    }
    assertThat(house.trail).isEmpty();
    rebuilt.rotateSigning(random);
    assertThat(rules.signing().counts(4)).isFalse();
  }

  private void archive(int number, ByteString statement) throws Exception {
    home.store().put(new ArchiveName(StatementKind.KEY, 0, number), statement);
  }

  /** What a node can know before it has a log to ask. */
  @Test
  void nodeThatStarts_signsWithAKeyThatIsKnownToCount_fromItsFirstMoment() throws Exception {
    keys.rotateSigning(random);
    assertThat(started().signing().current().publicKey()).isEqualTo(keys.signing(1).publicKey());
    archive(2, keys.statements().get(1));
    assertThat(started().signing().current().publicKey()).isEqualTo(keys.signing(2).publicKey());
  }

  private HomeArchive started() {
    var settings =
        """
        govcloud.replication {
          keys-folder = "%s", archive-folder = "%s", received-folder = "%s"
          sibling = mountain, sibling-addresses = ["127.0.0.1:1"]
        }
        """
            .formatted(keys.folder(), home.folder(), folder.resolve("received"));
    var config =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    return HomeArchive.open(ReplicationSettings.from(config), "harbour").orElseThrow();
  }

  @Test
  void statementOfAnother_inTheArchive_isNoProof_andNothingIsSent() throws Exception {
    var other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 2, 3, random);
    other.rotateSigning(random);
    keys.rotateSigning(random);
    archive(1, keys.statements().get(0));
    archive(2, other.statements().get(1));
    List<ArchiveName> sent = new ArrayList<>();
    SiblingLink link =
        new SiblingLink() {
          @Override
          public Optional<ByteString> deliver(ArchiveName name, ByteString file) {
            sent.add(name);
            return Optional.empty();
          }

          @Override
          public Optional<ByteString> answer(ArchiveName name) {
            return Optional.empty();
          }

          @Override
          public int window() {
            return 1;
          }
        };
    var announcer =
        new KeyAnnouncer(
            home,
            new KeySuccession(keys, "mountain"),
            new FileShipper(StatementKind.KEY, home.store(), link),
            rules.signing());
    assertThatThrownBy(announcer::announce).hasMessageContaining("the archive has another");
    assertThat(sent).isEmpty();
    assertRefused("archive/keys/signing/2", "KEY_STATEMENT_WRONG");
    assertThat(rules.signing().counts(2)).isFalse();
    assertThat(ApprovedKeys.newestKnown(keys, home.store(), 2)).isEqualTo(1);
  }

  @Test
  void epochThatNobodySignedFor_doesNotSeal_andANewOneDoes() throws Exception {
    keys.rotateEpoch(random);
    home = house.home();
    rules = house.rules(home);
    rules.look();
    rules.look();
    assertRefused("keys/epoch/2", "KEY_NOT_APPROVED");
    try (var sealing = home.sealing().open()) {
      assertThat(sealing.grant().getEpoch()).isEqualTo(1);
    }
    house.rotate("keys-1", KeyRotation.Kind.EPOCH);
    rules.look();
    try (var sealing = home.sealing().open()) {
      assertThat(sealing.grant().getEpoch()).isEqualTo(3);
    }
    assertThat(rules.alarms()).as("of one that was followed by another").isEmpty();
  }

  @Test
  void refusedKeys_thatAreTakenAway_areToldNoMore() throws Exception {
    keys.rotateEpoch(random);
    keys.rotateSigning(random);
    assertThat(rules.look()).isTrue();
    assertThat(rules.signingNumber(2)).isEqualTo(1);
    assertThat(alarmed()).containsExactlyInAnyOrder("keys/epoch/2", "keys/signing/2");
    for (var file : List.of("epoch-2.key", "signing-2.gkey", "signing-2.key")) {
      Files.delete(keys.folder().resolve(file));
    }
    rules.look();
    assertThat(alarmed()).isEmpty();
  }

  private List<String> alarmed() {
    return rules.alarms().stream().map(ReplicationAlarm::subject).toList();
  }

  @Test
  void damagedFiles_areTold_andHoldUpNothingElse() throws Exception {
    grant("keys-1", DrillHalf.make(folder.resolve("drill.key"), "harbour", random));
    house.rotate("keys-2", KeyRotation.Kind.EPOCH);
    Files.writeString(keys.folder().resolve("approvals/signing-2"), "?");
    Files.writeString(keys.folder().resolve("epochs.vouched"), "junk");
    Files.writeString(new DrillGrants(keys).folder().resolve("epoch-9.grant"), "junk");
    home = house.home();
    rules = house.rules(home);
    assertThat(rules.look()).isFalse();
    try (var sealing = home.sealing().open()) {
      assertThat(sealing.grant().getEpoch()).isEqualTo(2);
    }
    assertThat(alarmed())
        .containsExactlyInAnyOrder("keys/signing/2", "keys/epochs.vouched", "keys/drill");
  }

  @Test
  void epochWhoseFileIsDamaged_isTold_andTheOneBeforeSeals() throws Exception {
    house.rotate("keys-1", KeyRotation.Kind.EPOCH);
    Files.writeString(keys.folder().resolve("epoch-2.key"), "junk");
    home = house.home();
    rules = house.rules(home);
    rules.look();
    try (var sealing = home.sealing().open()) {
      assertThat(sealing.grant().getEpoch()).isEqualTo(1);
    }
    assertThat(alarmed()).containsExactly("keys/epoch/2");
  }

  private void grant(String operation, DrillHalf half) throws Exception {
    var grant = new DrillGrant(ReplicaHash.hex(half.key()), ReplicaHash.hex(half.signer()));
    house.drills().request(operation, grant, WANG, false).toCompletableFuture().join();
    house.agree(operation, WANG);
    house.agree(operation, LI);
    house.drills().begin(operation, grant.subject(), LI).toCompletableFuture().join();
  }

  @Test
  void drillKey_signedFor_isGrantedLaterEpochsToo_andVouchedForByTheKeyThatCounts()
      throws Exception {
    keys.rotateSigning(random);
    grant("keys-1", DrillHalf.make(folder.resolve("drill.key"), "harbour", random));
    var card = DrillCard.read(new DrillGrants(keys).folder());
    assertThat(card.isVouchedFor(keys.signingKeys().subList(0, 1))).isTrue();
    house.rotate("keys-2", KeyRotation.Kind.EPOCH);
    rules.look();
    assertThat(new DrillGrants(keys).folder().resolve("epoch-2.grant")).exists();
    assertThat(house.trail).isEmpty();
  }

  @Test
  void drillKeyThatNobodySignedFor_isGrantedNothingMore() throws Exception {
    var grants = new DrillGrants(keys);
    var half = DrillHalf.make(folder.resolve("drill.key"), "harbour", random);
    grants.grant(half, keys.signing());
    house.rotate("keys-1", KeyRotation.Kind.EPOCH);
    rules.look();
    assertRefused("keys/drill", "KEY_NOT_APPROVED");
    assertThat(grants.folder().resolve("epoch-2.grant")).doesNotExist();
    grant("keys-2", half);
    rules.look();
    assertThat(rules.alarms()).isEmpty();
    assertThat(grants.folder().resolve("epoch-2.grant")).exists();
  }

  @Test
  void grantOfAnotherKey_amongThoseOfTheDrillKey_isRefused() throws Exception {
    grant("keys-1", DrillHalf.make(folder.resolve("drill.key"), "harbour", random));
    var other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 2, 3, random);
    new DrillGrants(other)
        .grant(
            DrillHalf.make(folder.resolve("other-drill.key"), "harbour", random), other.signing());
    Files.copy(
        new DrillGrants(other).folder().resolve("epoch-1.grant"),
        new DrillGrants(keys).folder().resolve("epoch-2.grant"));
    rules.look();
    assertRefused("keys/drill", "KEY_NOT_APPROVED");
  }
}
