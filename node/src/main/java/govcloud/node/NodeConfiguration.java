package govcloud.node;

import com.typesafe.config.Config;
import govcloud.domain.sharing.SharingLimits;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.node.attachment.AttachmentSettings;
import govcloud.node.catalogue.CatalogueSettings;
import govcloud.node.cluster.ClusterSettings;
import govcloud.node.cluster.ManagementSettings;
import govcloud.node.eventsourcing.EntitySettings;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.HttpStartException;
import govcloud.node.http.Token;
import govcloud.node.identity.IdentitySettings;
import govcloud.node.metric.MetricsSettings;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.ReplicationSettings;
import govcloud.node.sharing.SharingSettings;
import govcloud.node.tls.Mode;
import govcloud.node.tls.TlsSettings;
import java.util.Optional;

/**
 * All settings of a node, read once and validated.
 *
 * @param all the whole configuration, for the actor system
 */
public record NodeConfiguration(
    Config all,
    Mode mode,
    TlsSettings tls,
    NodeSettings node,
    ClusterSettings cluster,
    ManagementSettings management,
    MetricsSettings metrics,
    EntitySettings entities,
    HttpSettings http,
    Token token,
    IdentitySettings identity,
    CatalogueSettings catalogue,
    AttachmentSettings attachments,
    SharingLimits sharing,
    ReplicationSettings replication,
    Optional<HomeArchive> archive,
    CassandraSettings cassandra) {

  /**
   * Reads everything.
   *
   * @throws SettingsException with file, key, value and expectation of the first mistake
   */
  public static NodeConfiguration read(Config config) {
    var check = new SettingsCheck(config);
    check.requireKnownKeys();
    try {
      var http = check.read(() -> HttpSettings.from(config));
      var node = check.read(() -> NodeSettings.from(config));
      var replication = check.read(() -> ReplicationSettings.from(config));
      return new NodeConfiguration(
          config,
          check.read(() -> Mode.from(config)),
          check.read(() -> TlsSettings.from(config)),
          node,
          check.read(() -> ClusterSettings.from(config)),
          check.read(() -> ManagementSettings.from(config)),
          check.read(() -> MetricsSettings.from(config)),
          check.read(() -> EntitySettings.from(config)),
          http,
          Token.read(http.tokenFile()),
          check.read(() -> IdentitySettings.from(config)),
          check.read(() -> CatalogueSettings.of(config.getConfig("govcloud.catalogue"))),
          check.read(() -> AttachmentSettings.from(config)),
          check.read(() -> SharingSettings.from(config)),
          replication,
          check.read(() -> HomeArchive.open(replication, node.cloud())),
          check.read(() -> CassandraSettings.from(config)));
    } catch (HttpStartException e) {
      throw new SettingsException(check.located(e.getMessage()), e);
    }
  }
}
