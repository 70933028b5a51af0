package govcloud.localcassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import govcloud.localcassandra.LocalCassandra.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AuthenticationIT {
  @Test
  void authenticationOn_onlyOurSuperuserWithItsPasswordGetsIn(@TempDir Path home)
      throws IOException {
    Settings settings = Settings.in(home).withAuthentication(true);
    try (LocalCassandra cassandra = LocalCassandra.start(settings)) {
      Path file = cassandra.passwordFile().orElseThrow();
      String password = Files.readString(file).strip();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(password).hasSizeGreaterThan(30);

      try (CqlSession session = session(cassandra, LocalCassandra.SUPERUSER, password)) {
        assertThat(session.execute("LIST ROLES").all())
            .anySatisfy(
                role -> {
                  assertThat(role.getString("role")).isEqualTo("govcloud");
                  assertThat(role.getBoolean("super")).isTrue();
                })
            .allSatisfy(
                role ->
                    assertThat(role.getBoolean("login"))
                        .isEqualTo(role.getString("role").equals("govcloud")));
      }
      assertRefused(cassandra, "cassandra", "cassandra");
      assertRefused(cassandra, LocalCassandra.SUPERUSER, "wrong");
    }
  }

  private static void assertRefused(LocalCassandra cassandra, String user, String password) {
    assertThatThrownBy(() -> session(cassandra, user, password).close())
        .isInstanceOfSatisfying(
            AllNodesFailedException.class,
            refused ->
                assertThat(refused.getAllErrors().values().iterator().next().get(0))
                    .isInstanceOf(AuthenticationException.class));
  }

  private static CqlSession session(LocalCassandra cassandra, String user, String password) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(LocalCassandra.DATACENTER)
        .withAuthCredentials(user, password)
        .build();
  }
}
