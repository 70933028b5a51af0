package govcloud.node.tls;

import com.typesafe.config.Config;
import govcloud.pki.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which files a node's doors have; {@code govcloud.tls}.
 *
 * @param reloadInterval how often the files are looked at, at most
 * @param expiryAlarm a certificate that lasts no longer than this is an alarm
 * @param http of the pages and the API; none: they are had without TLS, on loopback alone
 * @param cluster of the line between nodes; none: whoever reaches the port is believed
 */
public record TlsSettings(
    Duration reloadInterval,
    Duration expiryAlarm,
    Optional<Http> http,
    Optional<TlsFiles> cluster) {

  static final String PATH = "govcloud.tls.";

  /**
   * The public listener.
   *
   * @param hstsMaxAge how long browsers shall use nothing but HTTPS for this host; zero: not said
   */
  public record Http(TlsFiles files, Duration hstsMaxAge) {}

  /** Checks every value; messages name key, value and expectation. */
  public TlsSettings {
    require(reloadInterval.toMillis() >= 1, "reload-interval", reloadInterval, ">= 1 ms");
    require(!expiryAlarm.isNegative(), "expiry-alarm", expiryAlarm, ">= 0 s");
    http.ifPresent(
        door ->
            require(
                !door.hstsMaxAge().isNegative(), "http.hsts-max-age", door.hstsMaxAge(), ">= 0 s"));
  }

  /** Reads {@code govcloud.tls} from the whole configuration. */
  public static TlsSettings from(Config root) {
    var config = root.getConfig("govcloud.tls");
    return new TlsSettings(
        config.getDuration("reload-interval"),
        config.getDuration("expiry-alarm"),
        pair(config, "http").map(files -> new Http(files, config.getDuration("http.hsts-max-age"))),
        pair(config, "cluster").map(files -> cluster(config, files)));
  }

  /**
   * Of health and figures: the node's certificate, shown to whomever its authorities have signed, a
   * node or not.
   *
   * @return none where only programs of this machine reach them, or nodes have none
   */
  Optional<TlsFiles> management(String host) {
    return cluster
        .filter(files -> !Loopback.is(host))
        .map(files -> files.asking(files.authorities().get(), ""));
  }

  private static Optional<TlsFiles> pair(Config config, String door) {
    var pem = both(config, door, "certificate-file", "key-file");
    var store = both(config, door, "keystore-file", "keystore-password-file");
    require(
        pem.isEmpty() || store.isEmpty(),
        door + ".keystore-file",
        config.getString(door + ".keystore-file"),
        "either it, or certificate-file and key-file");
    return pem.map(files -> TlsFiles.server(files.get(0), files.get(1)))
        .or(
            () ->
                store.map(
                    files -> TlsFiles.server(new TlsFiles.TlsStore(files.get(0), files.get(1)))));
  }

  private static Optional<List<Path>> both(Config config, String door, String one, String other) {
    var first = config.getString(door + "." + one);
    var second = config.getString(door + "." + other);
    require(
        first.isEmpty() == second.isEmpty(),
        door + "." + other,
        second,
        one + " and " + other + ", both or none");
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(List.of(Path.of(first), Path.of(second)));
  }

  private static TlsFiles cluster(Config config, TlsFiles files) {
    var authority = config.getString("cluster.authority-file");
    require(
        !authority.isEmpty(),
        "cluster.authority-file",
        authority,
        "those who sign the certificates of nodes");
    return files.asking(Path.of(authority), config.getString("cluster.peer-name"));
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          PATH + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
