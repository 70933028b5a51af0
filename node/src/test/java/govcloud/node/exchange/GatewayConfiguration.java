package govcloud.node.exchange;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a node without HTTP, on a keyspace of its own. */
final class GatewayConfiguration {

  private GatewayConfiguration() {}

  static Config of(Path folder) throws IOException {
    var repository = Path.of("..").toAbsolutePath().normalize();
    var address = LocalCassandra.shared().contactPoint();
    var token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(
        token, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    return ConfigFactory.parseString(
            """
                govcloud {
                  node.name = node-1
                  cluster.port = 0
                  management.port = 0
                  http { port = 0, token-file = "%s" }
                  identity.mode = header-for-tests
                  catalogue.folder = "%s"
                  cassandra { contact-points = ["%s:%d"], keyspace = "%s", request-timeout = 20s }
                  entities { ask-timeout = 15s, time-limit = 18s }
                }
                pekko.coordinated-shutdown.exit-jvm = off
                pekko.loglevel = WARNING
                """
                .formatted(
                    token,
                    repository.resolve("apps"),
                    address.getHostString(),
                    address.getPort(),
                    LocalCassandra.shared().newKeyspaceName("gateway")))
        .withFallback(
            ConfigFactory.parseFile(repository.resolve("cluster-configs/local.conf").toFile()))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
