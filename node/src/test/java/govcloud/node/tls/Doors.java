package govcloud.node.tls;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.PkiException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Certificates of a cloud on one machine, in a folder, and settings that name them. */
public final class Doors {

  private final Path folder;
  private final DevelopmentPki pki;

  public Doors(Path folder) {
    this.folder = folder;
    this.pki = new DevelopmentPki(folder, Clock.systemUTC(), new SecureRandom());
  }

  /** The authority of the public listener. */
  public Path authority() {
    return DevelopmentPki.authority(folder, Door.PUBLIC);
  }

  /** A certificate of the public listener; made if there is none that lasts. */
  public Path http() throws PkiException {
    pki.ensure(Door.PUBLIC, "node-1", List.of("localhost", "127.0.0.1"));
    return DevelopmentPki.identity(folder, Door.PUBLIC, "node-1");
  }

  /** Settings with the public listener's certificate. */
  public String httpLines() throws PkiException {
    return "govcloud.tls { reload-interval = 1ms, http { certificate-file = \"%1$s\", key-file = \"%1$s\" } }\n"
        .formatted(http());
  }

  /** Settings with a node's certificate. */
  public String clusterLines(String node) throws PkiException {
    pki.ensure(Door.CLUSTER, node, List.of(DevelopmentPki.CLUSTER_DOMAIN, "127.0.0.1"));
    return """
    govcloud.tls.cluster {
      certificate-file = "%1$s"
      key-file = "%1$s"
      authority-file = "%2$s"
      peer-name = "%3$s"
    }
    """
        .formatted(
            DevelopmentPki.identity(folder, Door.CLUSTER, node),
            DevelopmentPki.authority(folder, Door.CLUSTER),
            DevelopmentPki.CLUSTER_DOMAIN);
  }

  /** Settings with a node's certificate for Cassandra. */
  public String cassandraLines() throws PkiException {
    pki.ensureClient(Door.CASSANDRA, "node");
    return """
    govcloud.cassandra {
      authority-file = "%1$s"
      certificate-file = "%2$s"
      key-file = "%2$s"
    }
    """
        .formatted(
            DevelopmentPki.authority(folder, Door.CASSANDRA),
            DevelopmentPki.identity(folder, Door.CASSANDRA, "node"));
  }

  /** Opens the doors of these settings. */
  public static NodeTls open(String lines) {
    var config = config(lines);
    return NodeTls.open(
        TlsSettings.from(config),
        config.getString("govcloud.management.host"),
        CassandraSettings.from(config),
        Clock.systemUTC());
  }

  /** Settings before everything else that a program has. */
  public static Config config(String lines) {
    return ConfigFactory.parseString(lines).withFallback(ConfigFactory.load());
  }
}
