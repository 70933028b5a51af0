package govcloud.recovery.command;

import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The Cassandra and the keyspace in which the cloud is rebuilt. */
final class TargetOptions {
  /** Statements of a restore carry more than those of a node, and nobody waits for one of them. */
  private static final String PATIENCE = "20s";

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT",
      description = "A node of the new Cassandra; can be repeated. Default: 127.0.0.1:9042.")
  private List<String> contactPoints = List.of();

  @Option(
      names = "--datacenter",
      paramLabel = "NAME",
      description = "Its datacenter. Default: datacenter1.")
  private String datacenter;

  @Option(
      names = "--keyspace",
      paramLabel = "NAME",
      defaultValue = "govcloud_g2",
      description = {
        "An empty keyspace, made where it is not there; named after the generation of the cloud.",
        "Default: ${DEFAULT-VALUE}."
      })
  private String keyspace;

  @Option(
      names = "--replication",
      paramLabel = "MAP",
      description = "Replication of a new keyspace. Default: one replica in datacenter1.")
  private String replication;

  @Option(names = "--username", paramLabel = "NAME", description = "User of Cassandra.")
  private String username;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the user's password.")
  private Path passwordFile;

  @Option(
      names = "--authority-file",
      paramLabel = "FILE",
      description = {
        "PEM with the authorities of Cassandra's certificates; given together with",
        "--certificate-file and --key-file, or --keystore-file and --keystore-password-file.",
        "Without them there is no TLS."
      })
  private Path authorityFile;

  @Option(
      names = "--certificate-file",
      paramLabel = "FILE",
      description = "PEM, the certificate to show to Cassandra first.")
  private Path certificateFile;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Its key, PEM, PKCS #8, mode 0600; may be the same file.")
  private Path keyFile;

  @Option(
      names = "--keystore-file",
      paramLabel = "FILE",
      description = "Instead of both: PKCS #12 with key and certificates, mode 0600.")
  private Path keystoreFile;

  @Option(
      names = "--keystore-password-file",
      paramLabel = "FILE",
      description = "File whose first line is its password, mode 0600.")
  private Path keystorePasswordFile;

  /** The journal's own settings, and what was said here instead. */
  CassandraSettings settings() {
    Map<String, Object> said = new HashMap<>();
    if (!contactPoints.isEmpty()) {
      said.put("contact-points", contactPoints);
    }
    put(said, "local-datacenter", datacenter);
    put(said, "keyspace", keyspace);
    put(said, "replication", replication);
    put(said, "username", username);
    put(said, "password-file", passwordFile);
    put(said, "authority-file", authorityFile);
    put(said, "certificate-file", certificateFile);
    put(said, "key-file", keyFile);
    put(said, "keystore-file", keystoreFile);
    put(said, "keystore-password-file", keystorePasswordFile);
    try {
      CassandraSettings settings = settings(said);
      CassandraSessions.requireSecrets(settings);
      return settings;
    } catch (IllegalArgumentException e) {
      throw RecoveryTask.usage(e.getMessage());
    }
  }

  /** The journal's own settings with these instead, and the patience of a restore. */
  static CassandraSettings settings(Map<String, Object> said) {
    return CassandraSettings.from(
        ConfigFactory.parseMap(Map.of(CassandraSettings.PATH, said))
            .withFallback(
                ConfigFactory.parseMap(
                    Map.of(CassandraSettings.PATH, Map.of("request-timeout", PATIENCE))))
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve());
  }

  private static void put(Map<String, Object> said, String key, Object value) {
    if (value != null) {
      said.put(key, value.toString());
    }
  }
}
