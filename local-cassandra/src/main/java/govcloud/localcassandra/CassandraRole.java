package govcloud.localcassandra;

import govcloud.pki.DevelopmentPki.Door;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who may log in where authentication is on. Each has a random password, and each program a
 * certificate of its own, in files that their owner alone can read.
 */
public enum CassandraRole {
  /** May do everything; for operators, not for programs. */
  SUPERUSER("govcloud"),
  /** Makes keyspaces and owns them: rebuilds a cloud beside the living one and cannot read that. */
  RECOVERY("govcloud_recovery"),
  /** Makes keyspaces and owns them, and may do what {@link #RECOVERY} may with those it made. */
  NODE("govcloud_node"),
  /** Of a running node: uses the log's tables, which the owner has granted it, and no others. */
  JOURNAL("govcloud_journal"),
  /** The same for the tables that are made from the log. */
  VIEWS("govcloud_views"),
  /** The same for what nodes remember beside the log. */
  STATE("govcloud_state");

  /** Those that log in with a certificate of their own; the others are nodes too. */
  static final List<CassandraRole> PROGRAMS = List.of(SUPERUSER, RECOVERY, NODE);

  /** Those of a running node, which own nothing. */
  private static final List<CassandraRole> PARTS = List.of(JOURNAL, VIEWS, STATE);

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

  /**
   * What a client needs to log in: the settings of {@code govcloud.cassandra} by their names, which
   * are those of the options of {@code ./recover} too.
   */
  public SortedMap<String, String> login(Path home) {
    CassandraCertificates certificates = CassandraCertificates.of(home);
    String own = certificates.client(this).toString();
    return new TreeMap<>(
        Map.of(
            "username",
            user,
            "password-file",
            passwordFile(home).toString(),
            "authority-file",
            certificates.authority(Door.CASSANDRA).toString(),
            "certificate-file",
            own,
            "key-file",
            own));
  }

  /**
   * The same for a node, which makes the tables as {@link #NODE} and uses them as one role for each
   * part of them.
   */
  public static SortedMap<String, String> nodeLogin(Path home) {
    SortedMap<String, String> login = NODE.login(home);
    for (CassandraRole part : PARTS) {
      login.put(part.party() + ".username", part.user);
      login.put(part.party() + ".password-file", part.passwordFile(home).toString());
    }
    return login;
  }

  /** As its certificate names it. */
  String party() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names and files, as the launcher takes them. */
  static List<String> arguments(Path home) {
    return Stream.of(values())
        .flatMap(role -> Stream.of(role.user, role.passwordFile(home).toString()))
        .toList();
  }
}
