package govcloud.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.RefusedCertificate.Reason;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes through a door between nodes, and what is said of whoever does not. */
class DoorTest {
  private static final String NAME = "harbour." + DevelopmentPki.CLUSTER_DOMAIN;
  private static final List<String> NAMES = List.of(NAME, "127.0.0.1");

  private final Instant now = Instant.now();
  private final SecureRandom random = new SecureRandom();
  private final Observed observed = new Observed();
  @TempDir private Path folder;
  private DevelopmentAuthority authority;
  private LiveTls server;

  @BeforeEach
  void open() throws PkiException {
    DevelopmentPki pki = new DevelopmentPki(folder, InstantSource.fixed(now), random);
    pki.ensure(Door.CLUSTER, "node-1", NAMES);
    authority = authority(folder);
    server = door(DevelopmentPki.identity(folder, Door.CLUSTER, "node-1"));
  }

  private DevelopmentAuthority authority(Path where) throws PkiException {
    return DevelopmentAuthority.open(
        where, "cluster", List.of(DevelopmentPki.CLUSTER_DOMAIN), now, now, random);
  }

  private LiveTls door(Path identity) throws PkiException {
    Path ca = DevelopmentPki.authority(folder, Door.CLUSTER);
    return LiveTls.open(
        "cluster",
        new TlsFiles(identity, identity, Optional.of(ca), NAME),
        observed,
        Duration.ofSeconds(10),
        InstantSource.fixed(now));
  }

  /** A client that takes this cluster's nodes and shows {@code identity}. */
  private SSLEngine client(Identity identity) throws PkiException {
    Path ca = DevelopmentPki.authority(folder, Door.CLUSTER);
    SSLEngine engine =
        TlsContexts.context(identity, TlsContexts.trust(PemFile.certificates(ca)))
            .createSSLEngine("127.0.0.1", 1);
    engine.setUseClientMode(true);
    return engine;
  }

  private void refused(Identity shown, Reason reason) throws PkiException {
    SSLEngine client = client(shown);
    assertThatThrownBy(() -> Handshake.between(client, server.serverEngine()))
        .isInstanceOf(SSLException.class);
    assertThat(observed.refused).hasSize(1);
    RefusedCertificate told = observed.refused.get(0);
    assertThat(told.reason()).as(told.detail()).isEqualTo(reason);
    assertThat(told.door()).isEqualTo("cluster");
    assertThat(told.subject()).isEqualTo("CN=stranger");
    assertThat(told.serial()).isEqualTo(shown.certificate().getSerialNumber().toString(16));
  }

  private Instant later() {
    return now.plus(Duration.ofHours(1));
  }

  @Test
  void nodeOfTheCluster_connects_isLetInAndNothingIsTold() throws Exception {
    new DevelopmentPki(folder, InstantSource.fixed(now), random)
        .ensure(Door.CLUSTER, "node-2", NAMES);
    LiveTls other = door(DevelopmentPki.identity(folder, Door.CLUSTER, "node-2"));
    SSLEngine client = other.clientEngine("127.0.0.1", 2552);
    Handshake.between(client, server.serverEngine());
    assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(client.getSession().getPeerPrincipal().getName()).isEqualTo("CN=node-1");
    assertThat(observed.refused).isEmpty();
  }

  @Test
  void certificateOfAnotherAuthority_isRefusedAndTold(@TempDir Path foreign) throws Exception {
    refused(authority(foreign).issue("stranger", NAMES, now, later()), Reason.UNTRUSTED_ISSUER);
  }

  @Test
  void expiredCertificate_isRefusedAndTold() throws Exception {
    Instant past = now.minus(Duration.ofDays(2));
    refused(
        authority.issue("stranger", NAMES, past, past.plus(Duration.ofHours(1))), Reason.EXPIRED);
  }

  @Test
  void certificateOfTomorrow_isRefusedAndTold() throws Exception {
    Instant tomorrow = now.plus(Duration.ofDays(1));
    refused(
        authority.issue("stranger", NAMES, tomorrow, tomorrow.plus(Duration.ofHours(1))),
        Reason.NOT_YET_VALID);
  }

  @Test
  void certificateForServersAlone_shownByClient_isRefusedAndTold() throws Exception {
    refused(
        authority.issue("stranger", NAMES, now, later(), KeyPurposeId.id_kp_serverAuth),
        Reason.WRONG_USAGE);
  }

  @Test
  void certificateOfAnotherCluster_ofTheSameAuthority_isRefusedAndTold() throws Exception {
    List<String> others = List.of("hill." + DevelopmentPki.CLUSTER_DOMAIN);
    refused(authority.issue("stranger", others, now, later()), Reason.WRONG_NAME);
  }

  @Test
  void noCertificate_isRefused() throws Exception {
    SSLEngine client =
        TlsContexts.client(DevelopmentPki.authority(folder, Door.CLUSTER))
            .createSSLEngine("127.0.0.1", 1);
    client.setUseClientMode(true);
    assertThatThrownBy(() -> Handshake.between(client, server.serverEngine()))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("certificate");
  }

  @Test
  void serverOfAnotherName_isRefusedByWhoAsksForIt() throws Exception {
    for (String host : List.of("127.0.0.1", "localhost")) {
      SSLEngine client = server.namedClientEngine(host, 9042);
      if (host.equals("127.0.0.1")) {
        Handshake.between(client, server.serverEngine());
      } else {
        assertThatThrownBy(() -> Handshake.between(client, server.serverEngine()))
            .isInstanceOf(SSLException.class);
      }
    }
    assertThat(observed.refused)
        .extracting(RefusedCertificate::reason)
        .containsExactly(Reason.WRONG_NAME);
  }

  @Test
  void certificateForClients_isTakenFromAClientAndFromNoServer() throws Exception {
    new DevelopmentPki(folder, InstantSource.fixed(now), random)
        .ensureClient(Door.CLUSTER, "harbour");
    LiveTls caller = door(DevelopmentPki.identity(folder, Door.CLUSTER, "harbour"));
    Handshake.between(caller.clientEngine("127.0.0.1", 1), server.serverEngine());
    assertThat(observed.refused).isEmpty();
    assertThatThrownBy(
            () -> Handshake.between(server.clientEngine("127.0.0.1", 1), caller.serverEngine()))
        .isInstanceOf(SSLException.class);
    assertThat(observed.refused.get(0).reason()).isEqualTo(Reason.WRONG_USAGE);
  }

  @Test
  void olderTls_isRefused() throws Exception {
    SSLEngine client = client(authority.issue("node-9", NAMES, now, later()));
    SSLEngine door = server.serverEngine();
    client.setEnabledProtocols(new String[] {"TLSv1.2"});
    assertThatThrownBy(() -> Handshake.between(client, door)).isInstanceOf(SSLException.class);
  }

  @Test
  void serverOfAnotherAuthority_isRefusedByTheClient(@TempDir Path foreign) throws Exception {
    Identity stranger = authority(foreign).issue("stranger", NAMES, now, later());
    SSLEngine impostor =
        TlsContexts.context(stranger, TlsContexts.trust(List.of())).createSSLEngine();
    impostor.setUseClientMode(false);
    assertThatThrownBy(() -> Handshake.between(server.clientEngine("127.0.0.1", 25520), impostor))
        .isInstanceOf(SSLException.class);
    assertThat(observed.refused.get(0).address()).isEqualTo("127.0.0.1:25520");
    assertThat(observed.refused.get(0).reason()).isEqualTo(Reason.UNTRUSTED_ISSUER);
  }
}
