package govcloud.localcassandra.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the roles before the port opens, so that the well-known default superuser exists at no
 * moment: its row is there, without login. Written anew at each start.
 */
public final class Roles {
  /** Each password is 24 random bytes: many rounds would only make each connection dear. */
  private static final int LOG_ROUNDS = 4;

  private static final String ALL = "{'CREATE', 'ALTER', 'DROP', 'SELECT', 'MODIFY', 'AUTHORIZE'}";

  /** Nodes look whether Cassandra syncs what it acknowledges. */
  private static final String SETTINGS = "data/system_views/settings";

  private Roles() {}

  /** Takes names and password files, as {@link Launcher#main} gets them. */
  static void create(String[] roles) throws IOException, ReflectiveOperationException {
    String superuser = roles[0];
    String recovery = roles[2];
    String node = roles[4];
    write(superuser, true, hash(roles[1]), "{}");
    write(recovery, false, hash(roles[3]), "{}");
    write(node, false, hash(roles[5]), "{'" + recovery + "'}");
    for (int part = 6; part < roles.length; part += 2) {
      // May do nothing but what the owner of the tables lets it.
      write(roles[part], false, hash(roles[part + 1]), "{}");
      grant(roles[part], SETTINGS, "{'SELECT'}");
    }
    grant(node, SETTINGS, "{'SELECT'}");
    query("INSERT INTO system_auth.role_members (role, member) VALUES (?, ?)", recovery, node);
    query(
        "INSERT INTO system_auth.roles (role, is_superuser, can_login) VALUES"
            + " ('cassandra', false, false)");
    // Whoever makes a keyspace may do everything with it.
    grant(recovery, "data", "{'CREATE'}");
    grant(node, "data", "{'CREATE'}");
    grantOwnerless(node);
  }

  private static void write(String role, boolean superuser, String hash, String memberOf)
      throws ReflectiveOperationException {
    query(
        "INSERT INTO system_auth.roles (role, is_superuser, can_login, salted_hash, member_of)"
            + (" VALUES (?, " + superuser + ", true, ?, " + memberOf + ")"),
        role,
        hash);
  }

  private static void grant(String role, String resource, String permissions)
      throws ReflectiveOperationException {
    query(
        "INSERT INTO system_auth.role_permissions (role, resource, permissions) VALUES (?, ?, "
            + (permissions + ")"),
        role,
        resource);
    query(
        "INSERT INTO system_auth.resource_role_permissons_index (resource, role) VALUES (?, ?)",
        resource,
        role);
  }

  /** Keyspaces that were made while nobody was asked for a password are the nodes'. */
  private static void grantOwnerless(String node) throws ReflectiveOperationException {
    for (Object row : rows("SELECT keyspace_name FROM system_schema.keyspaces")) {
      String keyspace =
          (String) row.getClass().getMethod("getString", String.class).invoke(row, "keyspace_name");
      String resource = "data/" + keyspace;
      boolean ownerless =
          !rows(
                  "SELECT role FROM system_auth.resource_role_permissons_index WHERE resource = ?",
                  resource)
              .iterator()
              .hasNext();
      if (!keyspace.startsWith("system") && ownerless) {
        grant(node, resource, ALL);
      }
    }
  }

  private static String hash(String passwordFile) throws IOException, ReflectiveOperationException {
    String password = Files.readString(Path.of(passwordFile)).strip();
    Class<?> bcrypt = Class.forName("org.mindrot.jbcrypt.BCrypt");
    Object salt = bcrypt.getMethod("gensalt", int.class).invoke(null, LOG_ROUNDS);
    return (String)
        bcrypt.getMethod("hashpw", String.class, String.class).invoke(null, password, salt);
  }

  private static Iterable<?> rows(String statement, Object... values)
      throws ReflectiveOperationException {
    return (Iterable<?>) query(statement, values);
  }

  private static Object query(String statement, Object... values)
      throws ReflectiveOperationException {
    return Class.forName("org.apache.cassandra.cql3.QueryProcessor")
        .getMethod("executeInternal", String.class, Object[].class)
        .invoke(null, statement, values);
  }
}
