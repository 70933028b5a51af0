package govcloud.journal.cassandra;

import com.typesafe.config.Config;
import govcloud.pki.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to reach Cassandra: {@code govcloud.cassandra}.
 *
 * @param contactPoints nodes to ask first, as host:port
 * @param localDatacenter the datacenter whose nodes are asked
 * @param keyspace where the tables are
 * @param replication the keyspace's replication as CQL writes it; used when it is created
 * @param username empty: no authentication
 * @param passwordFile file whose first line is the password; needed with a username
 * @param users who logs in for a part of the tables; where there is nobody, it is {@code username}
 * @param tls the own certificate, its key, and the authorities of Cassandra's; empty: no TLS
 * @param requestTimeout how long one request may take before its outcome counts as unknown
 * @param connectTimeout how long opening a connection may take
 * @param speculativeDelay a repeatable request without an answer is sent to another node after this
 */
public record CassandraSettings(
    List<String> contactPoints,
    String localDatacenter,
    String keyspace,
    String replication,
    Optional<String> username,
    Optional<Path> passwordFile,
    Map<TablePart, User> users,
    Optional<TlsFiles> tls,
    Duration requestTimeout,
    Duration connectTimeout,
    Duration speculativeDelay) {

  /** The configuration path of these settings. */
  public static final String PATH = "govcloud.cassandra";

  /**
   * A role of Cassandra that may use some tables and nothing else.
   *
   * @param name to log in with
   * @param passwordFile file whose first line is the password
   */
  public record User(String name, Path passwordFile) {}

  private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");
  private static final Pattern CONTACT_POINT = Pattern.compile("(.+):([0-9]{1,5})");

  /** Checks every value; messages name key, value and expectation. */
  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
    users = Map.copyOf(users);
    require(!contactPoints.isEmpty(), "contact-points", contactPoints, "at least one host:port");
    for (String point : contactPoints) {
      require(CONTACT_POINT.matcher(point).matches(), "contact-points", point, "host:port");
    }
    require(!localDatacenter.isBlank(), "local-datacenter", localDatacenter, "a name");
    require(KEYSPACE.matcher(keyspace).matches(), "keyspace", keyspace, KEYSPACE.pattern());
    require(
        replication.startsWith("{") && replication.endsWith("}"),
        "replication",
        replication,
        "a CQL map such as {'class': 'NetworkTopologyStrategy', 'dc1': 3}");
    require(
        username.isPresent() == passwordFile.isPresent(),
        "username",
        username.orElse(""),
        "username and password-file both or none");
    requireBetween("request-timeout", requestTimeout, Duration.ofMillis(100));
    requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(100));
    requireBetween("speculative-delay", speculativeDelay, Duration.ofMillis(10));
  }

  /** Reads the settings from the whole configuration. */
  public static CassandraSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new CassandraSettings(
        config.getStringList("contact-points"),
        config.getString("local-datacenter"),
        config.getString("keyspace"),
        config.getString("replication"),
        text(config, "username"),
        text(config, "password-file").map(Path::of),
        users(config),
        tls(config),
        config.getDuration("request-timeout"),
        config.getDuration("connect-timeout"),
        config.getDuration("speculative-delay"));
  }

  /** The same for whoever uses a part of the tables; as it is where nobody is named for it. */
  public CassandraSettings as(TablePart part) {
    User user = users.get(part);
    return user == null
        ? this
        : new CassandraSettings(
            contactPoints,
            localDatacenter,
            keyspace,
            replication,
            Optional.of(user.name()),
            Optional.of(user.passwordFile()),
            Map.of(),
            tls,
            requestTimeout,
            connectTimeout,
            speculativeDelay);
  }

  /** The contact points as socket addresses, names not looked up yet. */
  public List<InetSocketAddress> addresses() {
    return contactPoints.stream().map(CassandraSettings::address).toList();
  }

  private static InetSocketAddress address(String point) {
    int colon = point.lastIndexOf(':');
    return InetSocketAddress.createUnresolved(
        point.substring(0, colon), Integer.parseInt(point.substring(colon + 1)));
  }

  private static Map<TablePart, User> users(Config config) {
    Map<TablePart, User> users = new EnumMap<>(TablePart.class);
    for (TablePart part : TablePart.values()) {
      String key = part.name().toLowerCase(Locale.ROOT);
      Optional<String> name = text(config, key + ".username");
      Optional<Path> password = text(config, key + ".password-file").map(Path::of);
      require(
          name.isPresent() == password.isPresent(),
          key + ".username",
          name.orElse(""),
          "username and password-file both or none");
      name.ifPresent(user -> users.put(part, new User(user, password.get())));
    }
    return users;
  }

  private static Optional<TlsFiles> tls(Config config) {
    Optional<Path> authority = text(config, "authority-file").map(Path::of);
    Optional<TlsFiles> own = own(config);
    require(
        authority.isPresent() == own.isPresent(),
        "authority-file",
        authority.map(Path::toString).orElse(""),
        "authority-file and the own certificate with its key, both or none");
    return own.map(files -> files.asking(authority.get(), ""));
  }

  /** The own certificate and its key, as PEM or PKCS #12. */
  private static Optional<TlsFiles> own(Config config) {
    Optional<TlsFiles> pem =
        both(config, "certificate-file", "key-file")
            .map(files -> TlsFiles.server(files.get(0), files.get(1)));
    Optional<TlsFiles> store =
        both(config, "keystore-file", "keystore-password-file")
            .map(files -> TlsFiles.server(new TlsFiles.TlsStore(files.get(0), files.get(1))));
    require(
        pem.isEmpty() || store.isEmpty(),
        "keystore-file",
        config.getString("keystore-file"),
        "either it, or certificate-file and key-file");
    return pem.or(() -> store);
  }

  private static Optional<List<Path>> both(Config config, String one, String other) {
    Optional<String> first = text(config, one);
    Optional<String> second = text(config, other);
    require(
        first.isPresent() == second.isPresent(),
        other,
        second.orElse(""),
        one + " and " + other + ", both or none");
    return first.map(file -> List.of(Path.of(file), Path.of(second.get())));
  }

  private static Optional<String> text(Config config, String key) {
    return Optional.of(config.getString(key)).filter(value -> !value.isBlank());
  }

  private static void requireBetween(String key, Duration value, Duration least) {
    boolean fits = value.compareTo(least) >= 0 && value.compareTo(Duration.ofMinutes(1)) <= 0;
    require(fits, key, value, least + " to PT1M");
  }

  private static void require(boolean fits, String key, Object value, String expectation) {
    if (!fits) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expectation + ")");
    }
  }
}
