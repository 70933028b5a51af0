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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
  void authenticationOn_onlyOurRolesWithTheirPasswordsGetIn() throws IOException {
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
    return builder(cassandra).withAuthCredentials(user, password).build();
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
