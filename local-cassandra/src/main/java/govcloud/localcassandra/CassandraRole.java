package govcloud.localcassandra;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may log in where authentication is on. Each has a random password of its own, in a file that
 * its owner alone can read.
 */
public enum CassandraRole {
  /** May do everything; for operators, not for programs. */
  SUPERUSER("govcloud"),
  /** Makes keyspaces and owns them: rebuilds a cloud beside the living one and cannot read that. */
  RECOVERY("govcloud_recovery"),
  /** Makes keyspaces and owns them, and may do what {@link #RECOVERY} may with those it made. */
  NODE("govcloud_node");

  private final String user;

  CassandraRole(String user) {
    this.user = user;
  }

  /** The name to log in with. */
  public String user() {
    return user;
  }

  /** The file whose first line is its password. */
  public Path passwordFile(Path home) {
    return home.resolve("password-" + user);
  }

  /** Names and files, as the launcher takes them. */
  static List<String> arguments(Path home) {
    return Stream.of(values())
        .flatMap(role -> Stream.of(role.user, role.passwordFile(home).toString()))
        .toList();
  }
}
