package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.keys.NextKeys.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud's next key is one, whole, or not there. */
class NextKeysTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private KeyFolder keys;
  private NextKeys next;

  @BeforeEach
  void init() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    next = new NextKeys(keys);
  }

  private List<Path> made() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("keys/next"))) {
      return files.toList();
    }
  }

  @Test
  void keyThatIsMade_isNoneOfTheCloud_untilItIsUsed() throws Exception {
    ByteString key = next.make(Kind.SIGNING, 2, random);
    ByteString epoch = next.make(Kind.EPOCH, 2, random);
    assertThat(keys.newestSigning()).isEqualTo(1);
    assertThat(keys.newestEpoch()).isEqualTo(1);
    next.use(Kind.SIGNING, 2, key);
    next.use(Kind.EPOCH, 2, epoch);
    assertThat(keys.signing().publicKey()).isEqualTo(key);
    assertThat(keys.signingKeys().get(1).publicKey()).isEqualTo(key);
    assertThat(keys.epochs().get(1)).isEqualTo(epoch);
    assertThat(made()).isEmpty();
  }

  /** What was killed between both halves of a key is gone on with, and holds up no other one. */
  @Test
  void crashBetweenPrivateAndPublicHalf_leavesNoKeyWithoutItsPrivateHalf() throws Exception {
    ByteString key = next.make(Kind.SIGNING, 2, random);
    Files.copy(
        made().get(0),
        keys.folder().resolve("signing-2.key"),
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(keys.newestSigning()).isEqualTo(1);
    assertThat(keys.signing().publicKey()).isNotEqualTo(key);
    next.use(Kind.SIGNING, 2, key);
    assertThat(keys.signing().publicKey()).isEqualTo(key);
    assertThat(keys.rotateSigning(random)).isEqualTo(3);
    assertThat(keys.signingKeys()).hasSize(3);
  }

  @Test
  void nodesThatUseAtTheSameMoment_haveOneKey_andNothingIsLeftOfTheOthers() throws Exception {
    List<Callable<Void>> nodes = new ArrayList<>();
    ByteString decided = next.make(Kind.SIGNING, 2, random);
    for (int node = 1; node <= 4; node++) {
      next.make(Kind.SIGNING, 2, random);
      nodes.add(
          () -> {
            new NextKeys(new KeyFolder(keys.folder())).use(Kind.SIGNING, 2, decided);
            return null;
          });
    }
    var threads = Executors.newFixedThreadPool(nodes.size());
    try {
      for (var used : threads.invokeAll(nodes)) {
        used.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(keys.newestSigning()).isEqualTo(2);
    assertThat(keys.signing().publicKey()).isEqualTo(decided);
    assertThat(made()).isEmpty();
  }

  /** Whoever takes the one away again that was put there finds the right one whole. */
  @Test
  void keyThatCameInBetween_isNotTakenForTheOneThatCounts_whichStays() throws Exception {
    ByteString decided = next.make(Kind.EPOCH, 2, random);
    Path kept = made().get(0);
    new EpochFiles(keys.folder())
        .add(2, EpochFiles.make(keys.recovery(), 2, new byte[RecoveryKey.LENGTH], random));
    assertThatThrownBy(() -> next.use(Kind.EPOCH, 2, decided))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_EXISTS));
    assertThat(made()).containsExactly(kept);
    Files.delete(keys.folder().resolve("epoch-2.key"));
    next.use(Kind.EPOCH, 2, decided);
    assertThat(keys.epochs().get(1)).isEqualTo(decided);
    assertThat(made()).isEmpty();
  }

  @Test
  void keyThatAnotherFolderHas_isSaidToBeMissing() throws Exception {
    ByteString elsewhere = next.make(Kind.EPOCH, 2, random);
    next.destroy(Kind.EPOCH, 2, elsewhere);
    assertThatThrownBy(() -> next.use(Kind.EPOCH, 2, elsewhere))
        .hasMessageContaining("expected: one keys folder for all nodes");
    assertThat(keys.newestEpoch()).isEqualTo(1);
  }

  /** Whoever knows the newest epoch only, such as who put one there, knows no account's secret. */
  @Test
  void nextEpoch_hasTheSecretOfTheFirst_whateverWasPutInBetween() throws Exception {
    byte[] foreign = EpochFiles.make(keys.recovery(), 2, new byte[RecoveryKey.LENGTH], random);
    new EpochFiles(keys.folder()).add(2, foreign);
    next.use(Kind.EPOCH, 3, next.make(Kind.EPOCH, 3, random));
    try (EpochKeys first = keys.epoch(1);
        EpochKeys second = keys.epoch(2);
        EpochKeys third = keys.epoch(3)) {
      assertThat(third.tenant("housing")).isEqualTo(first.tenant("housing"));
      assertThat(second.tenant("housing")).isNotEqualTo(first.tenant("housing"));
    }
  }
}
