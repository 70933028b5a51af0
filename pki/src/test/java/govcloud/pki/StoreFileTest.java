package govcloud.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.pki.DevelopmentPki.Door;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doors whose key is in a PKCS #12 file with a password. */
class StoreFileTest {
  private static final List<String> NAMES =
      List.of("harbour." + DevelopmentPki.CLUSTER_DOMAIN, "127.0.0.1");

  private final Observed observed = new Observed();
  private final SecureRandom random = new SecureRandom();
  private Instant now = Instant.now();
  @TempDir private Path folder;
  private DevelopmentAuthority authority;
  private Path store;
  private Path password;

  @BeforeEach
  void make() throws Exception {
    authority =
        DevelopmentAuthority.open(
            folder, "cluster", List.of(DevelopmentPki.CLUSTER_DOMAIN), now, now, random);
    store = folder.resolve("node.p12");
    password = folder.resolve("password");
    secret(password, "first-word\nnot this line");
    keep("first-word", identity("node-1"));
  }

  private Identity identity(String name) throws PkiException {
    return authority.issue(name, NAMES, now, now.plus(Duration.ofHours(1)));
  }

  private static void secret(Path file, String text) throws Exception {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void keep(String word, Identity... identities) throws Exception {
    KeyStore made = KeyStore.getInstance("PKCS12");
    made.load(null, null);
    for (Identity one : identities) {
      made.setKeyEntry(
          "key-" + made.size(),
          one.key(),
          word.toCharArray(),
          one.chain().toArray(X509Certificate[]::new));
    }
    try (OutputStream out = Files.newOutputStream(store)) {
      made.store(out, word.toCharArray());
    }
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
  }

  private LiveTls open() throws PkiException {
    return LiveTls.open(
        "cluster",
        TlsFiles.server(new TlsFiles.TlsStore(store, password))
            .asking(DevelopmentPki.authority(folder, Door.CLUSTER), NAMES.get(0)),
        observed,
        Duration.ofSeconds(10),
        () -> now);
  }

  private void refused(PkiDefect defect) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(PkiException.class, e -> assertThat(e.defect()).isEqualTo(defect))
        .hasMessageNotContaining("first-word");
  }

  @Test
  void door_withAStore_showsItsCertificateAndAsksForOne() throws Exception {
    LiveTls door = open();
    Handshake.between(door.clientEngine("127.0.0.1", 1), door.serverEngine());
    assertThat(door.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=node-1");
    assertThat(observed.refused).isEmpty();
  }

  @Test
  void whatCannotBeOpened_isRefusedWithItsCode() throws Exception {
    secret(password, "another");
    refused(PkiDefect.TLS_KEY_UNREADABLE);
    for (String none : List.of("", "\n", "密码")) {
      secret(password, none);
      refused(PkiDefect.TLS_KEY_UNREADABLE);
    }
    secret(password, "first-word");
    keep("first-word");
    refused(PkiDefect.TLS_KEY_UNREADABLE);
    keep("first-word", identity("node-1"), identity("node-2"));
    refused(PkiDefect.TLS_KEY_UNREADABLE);
    Files.writeString(store, "-----BEGIN PRIVATE KEY-----");
    refused(PkiDefect.TLS_KEY_UNREADABLE);
    Files.delete(store);
    refused(PkiDefect.TLS_FILE_MISSING);
  }

  @Test
  void storeOrPassword_thatOthersCanRead_isRefused() throws Exception {
    for (Path file : List.of(store, password)) {
      for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        refused(PkiDefect.TLS_KEY_EXPOSED);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }
    open();
  }

  @Test
  void credentialOfSystemd_hasTheRightOfTheGroupThatItsAccessListShows() throws Exception {
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("r--r-----"));
    SecretFile.require(password, folder.toString());
    for (String elsewhere : new String[] {null, folder.resolve("other").toString()}) {
      assertThatThrownBy(() -> SecretFile.require(password, elsewhere))
          .isInstanceOf(PkiException.class);
    }
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("r--r--r--"));
    assertThatThrownBy(() -> SecretFile.require(password, folder.toString()))
        .isInstanceOf(PkiException.class);
  }

  @Test
  void store_replaced_isShownWithoutARestart_andADamagedOneChangesNothing() throws Exception {
    LiveTls door = open();
    X509Certificate before = door.certificate();
    keep("second", identity("node-1"));
    later();
    assertThat(door.certificate()).isEqualTo(before);
    assertThat(observed.notRenewed).containsExactly(PkiDefect.TLS_KEY_UNREADABLE);
    // The password alone has changed now.
    secret(password, "second");
    later();
    assertThat(door.certificate()).isNotEqualTo(before);
    assertThat(observed.renewed).containsExactly(door.certificate());
    Handshake.between(door.clientEngine("127.0.0.1", 1), door.serverEngine());
  }

  /** The next look; the disk's clock may be coarser than the writes of a test. */
  private void later() throws Exception {
    now = now.plusSeconds(11);
    for (Path file : List.of(store, password)) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }
}
