package govcloud.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.pki.DevelopmentPki.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentPkiTest {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  private final SecureRandom random = new SecureRandom();
  private final Observed observed = new Observed();
  private Instant now = Instant.now();
  @TempDir private Path folder;

  private DevelopmentPki pki() {
    return new DevelopmentPki(folder, () -> now, random);
  }

  private Path file() {
    return DevelopmentPki.identity(folder, Door.PUBLIC, "node-1");
  }

  private X509Certificate certificate() throws PkiException {
    return PemFile.certificates(file()).get(0);
  }

  private LiveTls open() throws PkiException {
    return LiveTls.open(
        "public", TlsFiles.server(file(), file()), observed, Duration.ofSeconds(10), () -> now);
  }

  @Test
  void emptyFolder_ensured_hasAuthorityAndCertificateThatOnlyTheOwnerReads() throws Exception {
    assertThat(pki().ensure(Door.PUBLIC, "node-1", LOOPBACK)).isTrue();
    for (Path secret : List.of(file(), folder.resolve("public-ca.key"))) {
      assertThat(Files.getPosixFilePermissions(secret))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    X509Certificate ca = PemFile.certificates(DevelopmentPki.authority(folder, Door.PUBLIC)).get(0);
    certificate().verify(ca.getPublicKey());
    assertThat(DevelopmentAuthority.isDevelopment(certificate())).isTrue();
    assertThat(DevelopmentAuthority.isDevelopment(ca)).isTrue();
    assertThat(certificate().getSubjectAlternativeNames()).hasSize(3);
    assertThat(Duration.between(now, certificate().getNotAfter().toInstant()))
        .isLessThanOrEqualTo(DevelopmentPki.LIFE);
    assertThat(ca.getExtensionValue("2.5.29.30")).as("name constraints").isNotNull();
  }

  @Test
  void differentDoors_ensured_haveDifferentAuthorities() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    pki().ensure(Door.CLUSTER, "node-1", List.of(DevelopmentPki.CLUSTER_DOMAIN));
    X509Certificate ca =
        PemFile.certificates(DevelopmentPki.authority(folder, Door.CLUSTER)).get(0);
    assertThatThrownBy(() -> certificate().verify(ca.getPublicKey()))
        .isInstanceOf(java.security.SignatureException.class);
  }

  @Test
  void certificate_isLeftWhileItLasts_andMadeAnewWhenTwoThirdsAreOver() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    X509Certificate first = certificate();
    now = now.plus(Duration.ofHours(15));
    assertThat(pki().ensure(Door.PUBLIC, "node-1", LOOPBACK)).isFalse();
    now = now.plus(Duration.ofHours(2));
    assertThat(pki().ensure(Door.PUBLIC, "node-1", LOOPBACK)).isTrue();
    assertThat(certificate()).isNotEqualTo(first);
    assertThat(certificate().getIssuerX500Principal()).isEqualTo(first.getIssuerX500Principal());
  }

  @Test
  void damagedCertificate_ensured_isMadeAnew() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    Files.writeString(file(), "nothing");
    assertThat(pki().ensure(Door.PUBLIC, "node-1", LOOPBACK)).isTrue();
    certificate();
  }

  @Test
  void authorityAtItsEnd_ensured_isFollowedByAnother() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    X509Certificate first = certificate();
    now = now.plus(Duration.ofDays(364).plusHours(23));
    assertThat(pki().ensure(Door.PUBLIC, "node-1", LOOPBACK)).isTrue();
    assertThat(certificate().getIssuerX500Principal()).isNotEqualTo(first.getIssuerX500Principal());
  }

  @Test
  void openDoor_certificateRenewed_isShownWithoutARestart() throws Exception {
    now = now.minus(Duration.ofHours(17));
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    LiveTls door = open();
    X509Certificate first = door.certificate();
    now = now.plus(Duration.ofHours(17));
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    assertThat(door.certificate()).isNotEqualTo(first);
    assertThat(observed.renewed).containsExactly(door.certificate());
    Handshake.between(client(DevelopmentPki.authority(folder, Door.PUBLIC)), door.serverEngine());
  }

  private static javax.net.ssl.SSLEngine client(Path authority) throws PkiException {
    var engine = TlsContexts.client(authority).createSSLEngine("localhost", 1);
    engine.setUseClientMode(true);
    return engine;
  }

  @Test
  void openDoor_filesBroken_goesOnAndTellsOnce() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    LiveTls door = open();
    X509Certificate first = door.certificate();
    Files.writeString(file(), "nothing");
    for (int i = 0; i < 3; i++) {
      now = now.plus(Duration.ofSeconds(11));
      assertThat(door.certificate()).isEqualTo(first);
    }
    assertThat(observed.notRenewed).containsExactly(PkiDefect.TLS_CERTIFICATE_UNREADABLE);
  }

  @Test
  void keyThatOthersCanRead_opened_isRefusedWithModeAndExpectation() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            PkiException.class, e -> assertThat(e.defect()).isEqualTo(PkiDefect.TLS_KEY_EXPOSED))
        .hasMessageContaining("rw-r-----")
        .hasMessageContaining("expected: rw-------");
  }

  @Test
  void keyOfAnotherCertificate_opened_isRefused() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    pki().ensure(Door.PUBLIC, "node-2", LOOPBACK);
    Path other = DevelopmentPki.identity(folder, Door.PUBLIC, "node-2");
    assertThatThrownBy(() -> Identity.read(file(), other))
        .isInstanceOfSatisfying(
            PkiException.class, e -> assertThat(e.defect()).isEqualTo(PkiDefect.TLS_KEY_FOREIGN));
  }

  @Test
  void expiredCertificate_opened_isRefused() throws Exception {
    pki().ensure(Door.PUBLIC, "node-1", LOOPBACK);
    now = now.plus(Duration.ofDays(2));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            PkiException.class,
            e -> assertThat(e.defect()).isEqualTo(PkiDefect.TLS_CERTIFICATE_NOT_VALID));
  }

  @Test
  void noFile_opened_isRefused() {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            PkiException.class, e -> assertThat(e.defect()).isEqualTo(PkiDefect.TLS_FILE_MISSING));
  }
}
