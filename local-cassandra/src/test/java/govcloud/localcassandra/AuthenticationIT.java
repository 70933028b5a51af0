package govcloud.localcassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import govcloud.localcassandra.LocalCassandra.Settings;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AuthenticationIT {
  private static final String SIMPLE =
      " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}";

  @TempDir private Path home;
  private LocalCassandra cassandra;

  @Test
  void authenticationOn_onlyOurRolesWithTheirPasswordsGetIn(@TempDir Path foreign)
      throws Exception {
    try (LocalCassandra started =
        LocalCassandra.start(Settings.in(home).withAuthentication(true))) {
      cassandra = started;
      for (CassandraRole role : CassandraRole.values()) {
        Path file = role.passwordFile(home);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(Files.readString(file).strip()).hasSizeGreaterThan(30);
      }
      List<String> ours = Arrays.stream(CassandraRole.values()).map(CassandraRole::user).toList();
      try (CqlSession session = session(CassandraRole.SUPERUSER)) {
        assertThat(session.execute("LIST ROLES").all())
            .hasSize(ours.size() + 1)
            .allSatisfy(
                role -> {
                  assertThat(role.getBoolean("login")).isEqualTo(ours.contains(role.getString(0)));
                  assertThat(role.getBoolean("super"))
                      .isEqualTo(role.getString(0).equals(CassandraRole.SUPERUSER.user()));
                });
      }
      assertRefused("cassandra", "cassandra");
      assertRefused(CassandraRole.SUPERUSER.user(), "wrong");
      assertRefused(
          CassandraRole.SUPERUSER.user(),
          Files.readString(CassandraRole.NODE.passwordFile(home)).strip());
      lookAtRights();
      lookAtDoor(foreign);
      renewsWithoutRestart();
    }
  }

  /** Whoever has no certificate of this Cassandra is not even asked for a password. */
  private void lookAtDoor(Path foreign) throws Exception {
    DevelopmentPki strangers = new DevelopmentPki(foreign, Clock.systemUTC(), new SecureRandom());
    strangers.ensureClient(Door.CASSANDRA, "node");
    Path ours = certificates().authority(Door.CASSANDRA);
    Path own = certificates().client(CassandraRole.NODE);
    Path theirs = DevelopmentPki.authority(foreign, Door.CASSANDRA);
    Path stranger = DevelopmentPki.identity(foreign, Door.CASSANDRA, "node");
    assertThat(answers(Optional.of(TlsContexts.client(ours, own)))).isTrue();
    assertThat(answers(Optional.empty())).as("without TLS").isFalse();
    assertThat(answers(Optional.of(TlsContexts.client(ours)))).as("no certificate").isFalse();
    assertThat(answers(Optional.of(TlsContexts.client(ours, stranger))))
        .as("certificate of another authority")
        .isFalse();
    assertThat(answers(Optional.of(TlsContexts.client(theirs, own))))
        .as("Cassandra of another authority")
        .isFalse();
    assertThat(handshake("TLSv1.3").getSubjectX500Principal()).hasToString("CN=server");
    assertThatThrownBy(() -> handshake("TLSv1.2")).isInstanceOf(SSLException.class);
  }

  private boolean answers(Optional<SSLContext> tls) {
    return CqlProbe.answers(cassandra.contactPoint(), tls);
  }

  private X509Certificate handshake(String version) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            tls(CassandraRole.NODE)
                .getSocketFactory()
                .createSocket("127.0.0.1", cassandra.contactPoint().getPort())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private void renewsWithoutRestart() throws Exception {
    X509Certificate first = handshake("TLSv1.3");
    Files.delete(certificates().server(Door.CASSANDRA));
    Files.delete(certificates().client(CassandraRole.NODE));
    certificates().ensure();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (handshake("TLSv1.3").equals(first)) {
      assertThat(System.nanoTime()).as("within 30 s").isLessThan(deadline);
      Thread.sleep(200);
    }
    try (CqlSession node = session(CassandraRole.NODE)) {
      assertThat(node.execute("SELECT * FROM living.one").all()).hasSize(1);
    }
  }

  private void lookAtRights() throws IOException {
    try (CqlSession node = session(CassandraRole.NODE);
        CqlSession recovery = session(CassandraRole.RECOVERY)) {
      node.execute("CREATE KEYSPACE living" + SIMPLE);
      node.execute("CREATE TABLE living.one (id int PRIMARY KEY)");
      node.execute("INSERT INTO living.one (id) VALUES (1)");
      recovery.execute("CREATE KEYSPACE rebuilt" + SIMPLE);
      recovery.execute("CREATE TABLE rebuilt.one (id int PRIMARY KEY)");
      node.execute("INSERT INTO rebuilt.one (id) VALUES (1)");
      assertThat(recovery.execute("SELECT * FROM rebuilt.one").all()).hasSize(1);
      assertForbidden(recovery, "SELECT * FROM living.one");
      assertForbidden(recovery, "INSERT INTO living.one (id) VALUES (2)");
      assertForbidden(recovery, "DROP KEYSPACE living");
      assertForbidden(node, "SELECT salted_hash FROM system_auth.roles");
      assertForbidden(recovery, "SELECT value FROM system_views.settings");
      try (CqlSession operator = session(CassandraRole.SUPERUSER)) {
        // As docs/security/transport.md says for a Cassandra of one's own.
        operator.execute("GRANT SELECT ON system_views.settings TO govcloud_state");
      }
      try (CqlSession state = session(CassandraRole.STATE)) {
        for (CqlSession one : List.of(node, state)) {
          assertThat(
                  one.execute(
                          "SELECT value FROM system_views.settings WHERE name IN"
                              + " ('commitlog_sync', 'paxos_variant')")
                      .all())
              .extracting(row -> row.getString("value"))
              .containsExactlyInAnyOrder("batch", "v2");
        }
      }
      assertForbidden(node, "CREATE ROLE other WITH PASSWORD = 'x' AND LOGIN = true");
      assertForbidden(node, "ALTER ROLE govcloud WITH PASSWORD = 'x'");
    }
  }

  @Test
  void keyspaceMadeBeforeAuthentication_staysTheNodes() throws IOException {
    try (LocalCassandra open = LocalCassandra.start(Settings.in(home));
        CqlSession anybody = builder(open).build()) {
      anybody.execute("CREATE KEYSPACE old" + SIMPLE);
      anybody.execute("CREATE TABLE old.one (id int PRIMARY KEY)");
      anybody.execute("INSERT INTO old.one (id) VALUES (1)");
    }
    try (LocalCassandra closed = LocalCassandra.start(Settings.in(home).withAuthentication(true))) {
      cassandra = closed;
      try (CqlSession node = session(CassandraRole.NODE);
          CqlSession recovery = session(CassandraRole.RECOVERY)) {
        assertThat(node.execute("SELECT * FROM old.one").all()).hasSize(1);
        node.execute("ALTER TABLE old.one ADD more int");
        assertForbidden(recovery, "SELECT * FROM old.one");
      }
    }
  }

  private static void assertForbidden(CqlSession session, String statement) {
    assertThatThrownBy(() -> session.execute(statement))
        .as(statement)
        .isInstanceOf(UnauthorizedException.class);
  }

  private void assertRefused(String user, String password) {
    assertThatThrownBy(() -> session(user, password).close())
        .isInstanceOfSatisfying(
            AllNodesFailedException.class,
            refused ->
                assertThat(refused.getAllErrors().values().iterator().next().get(0))
                    .isInstanceOf(AuthenticationException.class));
  }

  private CqlSession session(CassandraRole role) throws IOException {
    return session(role.user(), Files.readString(role.passwordFile(home)).strip());
  }

  private CqlSession session(String user, String password) {
    return builder(cassandra)
        .withSslContext(tls(CassandraRole.NODE))
        .withAuthCredentials(user, password)
        .build();
  }

  private CassandraCertificates certificates() {
    return CassandraCertificates.of(home);
  }

  private SSLContext tls(CassandraRole role) {
    try {
      return TlsContexts.client(
          certificates().authority(Door.CASSANDRA), certificates().client(role));
    } catch (PkiException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Patient: other work may be on this machine. */
  private static CqlSessionBuilder builder(LocalCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(LocalCassandra.DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withDuration(
                    DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(30))
                .build());
  }
}
