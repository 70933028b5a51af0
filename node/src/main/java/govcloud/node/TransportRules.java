package govcloud.node;

import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.cassandra.TablePart;
import govcloud.node.identity.IdentitySettings;
import govcloud.node.tls.Loopback;
import govcloud.node.tls.Mode;
import govcloud.node.tls.NodeTls;
import govcloud.pki.LiveTls;
import govcloud.pki.PkiException;
import govcloud.pki.TlsFiles;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Which doors a node may open; what it may not is refused before it opens any. */
final class TransportRules {

  private TransportRules() {}

  /** Why a node does not start for its doors. */
  private enum Code {
    /** Somebody on the way could read and change everything. */
    TLS_PLAINTEXT,
    /** Whoever may ask for figures could join the cluster. */
    TLS_PEER_UNNAMED,
    /** Whoever reads this machine's disk could make certificates. */
    TLS_DEVELOPMENT_AUTHORITY,
    /** Whoever reaches Cassandra could read and change everything. */
    CASSANDRA_OPEN,
    /** Whoever has the token could be anybody. */
    IDENTITY_FOR_TESTS,
    /** Whoever has read a manual could log in. */
    SECRET_DEFAULT
  }

  /**
   * Refuses what is not safe.
   *
   * @throws IllegalArgumentException with the first such setting, its value, what is expected, and
   *     a code
   */
  static void check(NodeConfiguration configuration, NodeTls tls) {
    var host = configuration.http().host();
    require(
        tls.http().isPresent() || Loopback.is(host),
        "http.host",
        host,
        "a loopback address such as 127.0.0.1, or a certificate in govcloud.tls.http",
        Code.TLS_PLAINTEXT);
    var management = configuration.management().host();
    // Nodes that believe what requests say are for tests, in networks of their own.
    require(
        tls.management().isPresent()
            || Loopback.is(management)
            || configuration.identity().mode() == IdentitySettings.Mode.HEADER_FOR_TESTS,
        "management.host",
        management,
        "a loopback address, or certificates in govcloud.tls.cluster, which who asks must have too",
        Code.TLS_PLAINTEXT);
    if (configuration.mode() == Mode.PRODUCTION) {
      production(configuration, tls);
    }
  }

  private static void production(NodeConfiguration configuration, NodeTls tls) {
    certificate(tls.http(), "tls.http.certificate-file", "of this host");
    certificate(tls.cluster(), "tls.cluster.certificate-file", "of this node");
    require(
        configuration.identity().mode() != IdentitySettings.Mode.HEADER_FOR_TESTS,
        "identity.mode",
        "header-for-tests",
        "accounts in production, where nobody says himself who he is",
        Code.IDENTITY_FOR_TESTS);
    configuration.tls().http().ifPresent(door -> store(door.files(), "tls.http"));
    configuration.tls().cluster().ifPresent(files -> store(files, "tls.cluster"));
    configuration.cassandra().tls().ifPresent(files -> store(files, "cassandra"));
    peers(configuration);
    development(tls.cassandra(), "cassandra.certificate-file");
    secret(configuration.cassandra(), "");
    for (var part : TablePart.values()) {
      secret(configuration.cassandra().as(part), part.name().toLowerCase(Locale.ROOT) + ".");
    }
    configuration.cassandra().addresses().stream()
        .map(InetSocketAddress::getHostString)
        .filter(host -> !Loopback.is(host))
        .forEach(host -> cassandra(configuration.cassandra(), host));
    configuration.metrics().otlpEndpoint().ifPresent(TransportRules::figures);
  }

  /** Keepers elsewhere have certificates of the nodes' authority, and must not be nodes. */
  private static void peers(NodeConfiguration configuration) {
    var management = configuration.management().host();
    require(
        Loopback.is(management)
            || configuration.tls().cluster().stream().noneMatch(it -> it.peerName().isEmpty()),
        "tls.cluster.peer-name",
        "none, with management.host " + management,
        "a DNS name in every node's certificate and in no keeper's, in production",
        Code.TLS_PEER_UNNAMED);
  }

  private static void cassandra(CassandraSettings settings, String host) {
    require(
        settings.tls().isPresent(),
        "cassandra.authority-file",
        "none, with " + host + " among the contact points",
        "the authorities of Cassandra's certificates, and one for this node, in production",
        Code.TLS_PLAINTEXT);
    require(
        settings.username().isPresent(),
        "cassandra.username",
        "none, with " + host + " among the contact points",
        "a role of Cassandra for this node, in production",
        Code.CASSANDRA_OPEN);
  }

  private static void store(TlsFiles files, String door) {
    var key = door + ".keystore-password-file";
    try {
      require(
          !files.hasPassword(CassandraSessions::isWellKnown),
          key,
          files.password().map(Path::toString).orElse("none"),
          "a random password, not one of a manual such as changeit",
          Code.SECRET_DEFAULT);
    } catch (PkiException e) {
      throw new IllegalArgumentException("govcloud." + key + ": " + e.getMessage(), e);
    }
  }

  private static void secret(CassandraSettings settings, String part) {
    require(
        !CassandraSessions.hasWellKnownPassword(settings),
        "cassandra." + part + "password-file",
        settings.passwordFile().map(Path::toString).orElse("none"),
        "a random password, not a well-known one or the role's own name: ALTER ROLE "
            + settings.username().orElse("")
            + " WITH PASSWORD = '...'",
        Code.SECRET_DEFAULT);
  }

  private static void certificate(Optional<LiveTls> door, String key, String whose) {
    require(
        door.isPresent(),
        key,
        "none",
        "the certificate " + whose + ", in production",
        Code.TLS_PLAINTEXT);
    development(door, key);
  }

  private static void development(Optional<LiveTls> door, String key) {
    door.ifPresent(
        live ->
            require(
                !live.isDevelopment(),
                key,
                live.certificate().getIssuerX500Principal().getName(),
                "a certificate of your government's authority, in production",
                Code.TLS_DEVELOPMENT_AUTHORITY));
  }

  private static void figures(URI endpoint) {
    require(
        "https".equals(endpoint.getScheme()) || Loopback.is(endpoint.getHost()),
        "metrics.otlp-endpoint",
        endpoint,
        "https, or a loopback address, in production",
        Code.TLS_PLAINTEXT);
  }

  private static void require(boolean safe, String key, Object value, String expected, Code code) {
    if (!safe) {
      throw new IllegalArgumentException(
          "govcloud." + key + ": " + value + " (expected: " + expected + ") " + code);
    }
  }
}
