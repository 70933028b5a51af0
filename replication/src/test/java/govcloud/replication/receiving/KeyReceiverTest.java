package govcloud.replication.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of one cloud come to the other as statements, between two real key folders. */
class KeyReceiverTest {
  private final SecureRandom random = new SecureRandom();
  private final MemoryStore store = new MemoryStore();
  @TempDir private Path folder;
  private KeyFolder harbour;
  private KeyFolder mountain;
  private TrustedKeys trusted;
  private KeyReceiver receiver;

  @BeforeEach
  void trustEachOther() throws Exception {
    harbour = keys("harbour", "keys");
    mountain = keys("mountain", "keys");
    mountain.trust(CloudCard.parse(harbour.card().toFile()));
    harbour.trust(CloudCard.parse(mountain.card().toFile()));
    KeySuccession succession = new KeySuccession(mountain, "harbour");
    trusted = new TrustedKeys(succession.trusted());
    receiver = new KeyReceiver(store, succession, trusted);
  }

  private KeyFolder keys(String cloud, String name) throws Exception {
    Path place = folder.resolve(cloud).resolve(name);
    KeyFolder keys = new KeyFolder(place);
    KeyCeremony.init(keys, cloud, place.resolveSibling(name + "-shares"), 2, 3, random);
    return keys;
  }

  private static ArchiveName name(long number) {
    return new ArchiveName(StatementKind.KEY, 0, number);
  }

  private byte[] statement(KeyFolder of, int number) throws Exception {
    return of.statements().get(number - 1).toByteArray();
  }

  private void assertRefused(long number, byte[] file, ReplicaDefect defect) {
    assertThatThrownBy(() -> receiver.key(name(number), file))
        .isInstanceOfSatisfying(
            DamagedReplicaException.class, e -> assertThat(e.finding().defect()).isEqualTo(defect));
  }

  @Test
  void nextKey_signedByTheOneBefore_isTrustedAndKept() throws Exception {
    harbour.rotateSigning(random);
    ByteString next = harbour.signing().id();
    assertThat(trusted.find(next)).isEmpty();
    receiver.key(name(1), statement(harbour, 1));
    receiver.key(name(2), statement(harbour, 2));
    receiver.key(name(2), statement(harbour, 2));
    assertThat(trusted.find(next)).isPresent();
    assertThat(mountain.sibling("harbour").signingKeys()).hasSize(2);
    assertThat(store.list(StatementKind.KEY)).isEqualTo(List.of(name(1), name(2)));
  }

  @Test
  void keyAfterTheNext_beforeIt_isAGap() throws Exception {
    harbour.rotateSigning(random);
    harbour.rotateSigning(random);
    assertRefused(3, statement(harbour, 3), ReplicaDefect.REPLICA_GAP);
    receiver.key(name(2), statement(harbour, 2));
    receiver.key(name(3), statement(harbour, 3));
    assertThat(trusted.find(harbour.signing().id())).isPresent();
  }

  @Test
  void key_ofAnotherCloudWithTheSameName_isRefused() throws Exception {
    KeyFolder other = keys("harbour", "other");
    other.rotateSigning(random);
    assertRefused(1, statement(other, 1), ReplicaDefect.REPLICA_SIGNER_UNKNOWN);
    assertRefused(2, statement(other, 2), ReplicaDefect.REPLICA_SIGNER_UNKNOWN);
    assertThat(trusted.find(other.signing().id())).isEmpty();
    assertThat(mountain.sibling("harbour").signingKeys()).hasSize(1);
    assertThat(store.list(StatementKind.KEY)).isEmpty();
  }

  @Test
  void key_changedOnItsWay_isRefused() throws Exception {
    harbour.rotateSigning(random);
    byte[] good = statement(harbour, 2);
    for (int at = 0; at < good.length; at++) {
      byte[] changed = good.clone();
      changed[at] ^= 1;
      assertRefused(2, changed, ReplicaDefect.REPLICA_SIGNER_UNKNOWN);
    }
    assertRefused(2, new byte[0], ReplicaDefect.REPLICA_SIGNER_UNKNOWN);
    assertThat(mountain.sibling("harbour").signingKeys()).hasSize(1);
  }

  @Test
  void newKey_signs_onlyWhenTheSiblingKnowsIt() throws Exception {
    KeySuccession succession = new KeySuccession(harbour, "mountain");
    ByteString first = harbour.signing().id();
    succession.announced(1);
    harbour.rotateSigning(random);
    assertThat(succession.usable().id()).isEqualTo(first);
    succession.announced(2);
    assertThat(succession.usable().id()).isEqualTo(harbour.signing().id()).isNotEqualTo(first);
    succession.announced(1);
    assertThat(succession.usable().id()).isEqualTo(harbour.signing().id());
  }
}
