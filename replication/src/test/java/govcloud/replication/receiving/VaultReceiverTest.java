package govcloud.replication.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a vault come to a sibling's archive, which keeps the newest alone. */
class VaultReceiverTest {
  private static final List<PersonKey> PEOPLE =
      List.of(
          PersonKey.newBuilder()
              .setTenant("office")
              .setSubject("p-1")
              .setGeneration(1)
              .setKeyId("k-1")
              .setWrapped(ByteString.copyFromUtf8("wrapped"))
              .build());

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private KeyFolder keys;
  private List<Path> shares;
  private FileSystemArchiveStore store;
  private ReplicaTrust trust;
  private VaultReceiver receiver;

  @BeforeEach
  void open() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    VaultKeys.create(keys, random);
    store = FileSystemArchiveStore.open(folder.resolve("received"));
    trust =
        new ReplicaTrust(
            "harbour",
            "mountain",
            new TrustedKeys(keys.signingKeys()),
            Set.of(keys.recovery().key().id()));
    receiver = new VaultReceiver(store, store, trust);
  }

  private byte[] copy(long number, SigningKey signing) throws Exception {
    try (VaultKeys vault = VaultKeys.read(keys)) {
      return VaultCopy.write(number, vault, PEOPLE, signing, random).toByteArray();
    }
  }

  private byte[] copy(long number) throws Exception {
    return copy(number, keys.signing());
  }

  private String take(long number, byte[] file) throws Exception {
    return receiver.copy(ArchiveName.vault(number), file).toStringUtf8();
  }

  private void assertRefused(long number, byte[] file, ReplicaDefect defect) {
    assertThatThrownBy(() -> take(number, file))
        .isInstanceOfSatisfying(
            DamagedReplicaException.class, e -> assertThat(e.finding().defect()).isEqualTo(defect));
  }

  @Test
  void newerCopy_takesThePlaceOfTheOneBefore_whichIsOverwritten() throws Exception {
    byte[] first = copy(1);
    assertThat(take(1, first)).isEqualTo("1");
    assertThat(take(1, first)).as("again").isEqualTo("1");
    Path kept =
        Files.createLink(
            folder.resolve("kept"),
            folder.resolve("received").resolve(ArchiveName.vault(1).text()));
    assertThat(take(7, copy(7))).isEqualTo("7");
    assertThat(store.list(StatementKind.VAULT)).containsExactly(ArchiveName.vault(7));
    assertThat(Files.readAllBytes(kept)).containsOnly(0);
  }

  @Test
  void olderCopy_orAnotherOfTheSameNumber_isRefused() throws Exception {
    take(7, copy(7));
    assertRefused(6, copy(6), ReplicaDefect.REPLICA_ROLLED_BACK);
    assertRefused(7, copy(7), ReplicaDefect.REPLICA_FORKED);
    assertRefused(9, copy(8), ReplicaDefect.REPLICA_MISPLACED);
    assertThat(store.list(StatementKind.VAULT)).containsExactly(ArchiveName.vault(7));
  }

  @Test
  void copyOfSomebodyElse_orChanged_isRefused() throws Exception {
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    assertRefused(
        1, copy(1, new SigningKey("harbour", seed)), ReplicaDefect.REPLICA_SIGNER_UNKNOWN);
    byte[] changed = copy(1);
    changed[changed.length - 1] ^= 1;
    assertRefused(1, changed, ReplicaDefect.REPLICA_CHUNK_DAMAGED);
    changed = copy(1);
    changed[40] ^= 1;
    assertRefused(1, changed, ReplicaDefect.REPLICA_SIGNATURE_WRONG);
    assertThat(store.list(StatementKind.VAULT)).isEmpty();
  }

  @Test
  void copy_isNotReadableWithoutShares_andNotByALaterGeneration() throws Exception {
    byte[] file = copy(3);
    assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("office", "p-1", "wrapped");
    VaultCopy copy = VaultCopy.verify(ArchiveName.vault(3), file, trust);
    try (RecoverySecrets secrets = RecoverySecrets.join(keys.recovery(), shares);
        VaultKeys vault = VaultKeys.open(secrets, copy.statement().getGrant());
        VaultKeys later = vault.later(2, keys.recovery())) {
      assertThat(copy.people(vault)).isEqualTo(PEOPLE);
      assertThatThrownBy(() -> copy.people(later))
          .isInstanceOfSatisfying(
              DamagedReplicaException.class,
              e -> assertThat(e.finding().defect()).isEqualTo(ReplicaDefect.REPLICA_KEY_WRONG));
    }
  }
}
