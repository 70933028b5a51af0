package govcloud.replication.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoveryKey;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobVaultTest {
  private static final int CHUNK = 65_536;
  private static final String TYPE = "application/pdf";

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private KeyFolder keys;
  private List<Path> shares;
  private BlobStore store;
  private BlobVault vault;

  @BeforeEach
  void prepare() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    store = FileSystemBlobStore.open(folder.resolve("archive"));
    vault = new BlobVault(store, keys, keys::epoch, spool(), random);
  }

  private ReplicaTrust trust() throws Exception {
    return new ReplicaTrust(
        "harbour", "mountain", new TrustedKeys(List.of()), Set.of(keys.recovery().key().id()));
  }

  private Path spool() {
    return folder.resolve("archive/incoming");
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private KeptBlob keep(String tenant, byte[] content) throws Exception {
    try (BlobUpload upload = vault.begin(TYPE)) {
      for (int at = 0; at < content.length; at += 7_000) {
        upload.write(content, at, Math.min(7_000, content.length - at));
      }
      return upload.keep(tenant);
    }
  }

  private static byte[] read(BlobContent content, long from, long to) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BlobContent.Reading reading = content.read(from, to)) {
      for (Optional<byte[]> piece = reading.next(); piece.isPresent(); piece = reading.next()) {
        out.writeBytes(piece.get());
      }
    }
    return out.toByteArray();
  }

  private BlobContent find(KeptBlob kept) throws Exception {
    return vault.find("housing", kept.address()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, CHUNK - 17, CHUNK - 16, CHUNK - 15, CHUNK, 2 * CHUNK - 16, 3 * CHUNK + 5})
  void content_kept_isReadAsItWas(int length) throws Exception {
    byte[] content = content(length);
    KeptBlob kept = keep("housing", content);
    assertThat(kept.length()).isEqualTo(length);
    assertThat(find(kept).mediaType()).isEqualTo(TYPE);
    assertThat(find(kept).length()).isEqualTo(length);
    assertThat(read(find(kept), 0, length)).isEqualTo(content);
    assertThat(BlobCheck.verify(store, kept.address(), trust())).isEmpty();
  }

  @Test
  void content_readInRanges_isThatRun() throws Exception {
    byte[] content = content(3 * CHUNK);
    KeptBlob kept = keep("housing", content);
    Random place = new Random(1);
    for (int i = 0; i < 50; i++) {
      int from = place.nextInt(content.length);
      int to = from + place.nextInt(content.length - from + 1);
      assertThat(read(find(kept), from, to))
          .isEqualTo(java.util.Arrays.copyOfRange(content, from, to));
    }
  }

  @Test
  void sameContent_keptAgain_hasTheSameAddressWhileTheEpochLasts() throws Exception {
    byte[] content = content(100_000);
    KeptBlob first = keep("housing", content);
    assertThat(keep("housing", content)).isEqualTo(first);
    keys.rotateEpoch(random);
    KeptBlob later = keep("housing", content);
    assertThat(later.address()).isNotEqualTo(first.address());
    assertThat(read(find(first), 0, content.length)).isEqualTo(content);
    assertThat(read(find(later), 0, content.length)).isEqualTo(content);
  }

  @Test
  void otherTenant_neitherFindsItNorHasItsAddress() throws Exception {
    byte[] content = content(1_000);
    KeptBlob housing = keep("housing", content);
    KeptBlob planning = keep("planning", content);
    assertThat(planning.address()).isNotEqualTo(housing.address());
    assertThat(vault.find("planning", housing.address())).isEmpty();
    assertThat(vault.find("housing", planning.address())).isEmpty();
  }

  @Test
  void storedBytes_showNeitherContentNorTypeNorTenant() throws Exception {
    byte[] secret = "the plan of the harbour ".repeat(50).getBytes(StandardCharsets.UTF_8);
    byte[] stored =
        Files.readAllBytes(
            folder.resolve("archive").resolve(keep("housing", secret).address().name()));
    String shown = new String(stored, StandardCharsets.ISO_8859_1);
    assertThat(shown).doesNotContain("the plan of").doesNotContain("pdf").doesNotContain("housing");
  }

  @Test
  void upload_underWayOrGivenUp_hasNoFile() throws Exception {
    try (BlobUpload upload = vault.begin(TYPE)) {
      upload.write(content(300_000), 0, 300_000);
      assertThat(upload.length()).isEqualTo(300_000);
      assertThat(spool()).isEmptyDirectory();
    }
    assertThat(spool()).isEmptyDirectory();
    assertThat(folder.resolve("archive/blobs")).doesNotExist();
  }

  @Test
  void recoveryKey_withNothingElse_opensIt() throws Exception {
    byte[] content = content(100_000);
    KeptBlob kept = keep("housing", content);
    BlobBeginning beginning = BlobBeginning.read(store, kept.address()).orElseThrow();
    var statement = beginning.header().statement();
    byte[] privateKey = KeyCeremony.join(keys.recovery(), shares.subList(0, 2));
    try (var epoch = RecoveryKey.open(privateKey, statement.getOrigin(), statement.getGrant())) {
      var key = epoch.blobKey("housing", statement.getSalt(), beginning.header().hash());
      BlobContent opened = BlobContent.open(store, kept.address(), beginning, key);
      assertThat(read(opened, 0, content.length)).isEqualTo(content);
    }
  }

  @Test
  void cloudWithOtherKeys_doesNotOpenIt() throws Exception {
    KeptBlob kept = keep("housing", content(1_000));
    KeyFolder foreign = new KeyFolder(folder.resolve("foreign"));
    KeyCeremony.init(foreign, "harbour", folder.resolve("foreign-shares"), 2, 3, random);
    assertThatThrownBy(
            () ->
                new BlobVault(store, foreign, foreign::epoch, spool(), random)
                    .find("housing", kept.address()))
        .isInstanceOfSatisfying(
            DamagedReplicaException.class,
            e -> assertThat(e.finding().defect()).isEqualTo(ReplicaDefect.REPLICA_GRANT_WRONG));
  }

  /** Every kind of damage is found without keys, and no wrong byte is given out. */
  @Test
  void storedBytes_changed_areFoundAndNothingOfThemIsReleased() throws Exception {
    byte[] content = content(2 * CHUNK + 100);
    KeptBlob kept = keep("housing", content);
    Path file = folder.resolve("archive").resolve(kept.address().name());
    byte[] stored = Files.readAllBytes(file);
    Random seed = new Random(7);
    List<String> quiet = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] changed = BlobMutations.of(stored, i, seed);
      Files.write(file, changed);
      assertThat(BlobCheck.verify(store, kept.address(), trust())).as("mutation %d", i).isPresent();
      if (!isRefused(kept, content)) {
        quiet.add("mutation " + i);
      }
    }
    assertThat(quiet).isEmpty();
    Files.write(file, stored);
    assertThat(BlobCheck.verify(store, kept.address(), trust())).isEmpty();
  }

  /** Whether it ends with a finding or as not found; what came before is a part of the content. */
  private boolean isRefused(KeptBlob kept, byte[] content) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Optional<BlobContent> found = vault.find("housing", kept.address());
      if (found.isEmpty()) {
        return true;
      }
      try (BlobContent.Reading reading = found.get().read(0, found.get().length())) {
        for (Optional<byte[]> piece = reading.next(); piece.isPresent(); piece = reading.next()) {
          out.writeBytes(piece.get());
        }
      }
      return false;
    } catch (DamagedReplicaException e) {
      assertThat(java.util.Arrays.copyOf(content, out.size())).isEqualTo(out.toByteArray());
      return true;
    }
  }
}
