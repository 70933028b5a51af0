package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Durability;
import govcloud.localcassandra.LocalCassandra.Settings;
import govcloud.pki.DevelopmentPki.Door;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Writes what Cassandra reads when it starts: settings, and what its clients log in with. */
final class CassandraFiles {
  private static final int PASSWORD_BYTES = 24;

  private CassandraFiles() {}

  static void write(Settings settings, int cqlPort, int storagePort) throws IOException {
    Files.createDirectories(Home.data(settings));
    Files.createDirectories(Home.temporary(settings));
    emptyFolder(Home.temporary(settings));
    Files.writeString(
        Home.configuration(settings),
        fill(resource("cassandra.yaml"), settings, cqlPort, storagePort));
    Files.writeString(
        Home.logging(settings), resource("logback.xml").replace("${log}", xml(Home.log(settings))));
    if (settings.authentication()) {
      for (CassandraRole role : CassandraRole.values()) {
        createPassword(role.passwordFile(settings.home()));
      }
    }
    if (settings.tls()) {
      CassandraCertificates.of(settings).ensure();
    }
  }

  /** Native libraries unpacked by a predecessor that was killed. */
  private static void emptyFolder(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  private static String fill(String template, Settings settings, int cqlPort, int storagePort) {
    String password = settings.authentication() ? "PasswordAuthenticator" : "AllowAllAuthenticator";
    String roles = settings.authentication() ? "CassandraAuthorizer" : "AllowAllAuthorizer";
    CassandraCertificates own = CassandraCertificates.of(settings);
    String address = settings.member().map(Member::address).orElse("127.0.0.1");
    String seeds =
        settings
            .member()
            .map(member -> String.join(",", member.seeds()))
            .orElse("127.0.0.1:" + storagePort);
    return template
        .replace("${address}", address)
        .replace("${seeds}", seeds)
        // Among several: after a fault the slow one is avoided, and what it missed is kept for it.
        .replace("${several}", Boolean.toString(settings.member().isPresent()))
        .replace("${data}", yaml(settings.home().resolve("data")))
        .replace("${tls}", Boolean.toString(settings.authentication()))
        .replace("${internode}", settings.tls() ? "all" : "none")
        .replace("${cql-identity}", yaml(own.server(Door.CASSANDRA)))
        .replace("${cql-authority}", yaml(own.authority(Door.CASSANDRA)))
        .replace("${storage-identity}", yaml(own.server(Door.INTERNODE)))
        .replace("${storage-authority}", yaml(own.authority(Door.INTERNODE)))
        .replace("${cql-port}", Integer.toString(cqlPort))
        .replace("${storage-port}", Integer.toString(storagePort))
        .replace("${authenticator}", password)
        .replace("${authorizer}", roles)
        .replace("${commitlog-sync}", sync(settings.durability()));
  }

  /** Between single quotes. */
  private static String yaml(Path path) {
    return path.toString().replace("'", "''");
  }

  private static String sync(Durability durability) {
    return switch (durability) {
      case BATCH -> "commitlog_sync: batch";
      case GROUP -> "commitlog_sync: group\ncommitlog_sync_group_window: 5ms";
      case PERIODIC -> "commitlog_sync: periodic\ncommitlog_sync_period: 10000ms";
    };
  }

  /** Created readable by its owner alone, before anything is in it. */
  private static void createPassword(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
  }

  private static String xml(Path path) {
    return path.toString().replace("&", "&amp;").replace("<", "&lt;");
  }

  static String resource(String name) throws IOException {
    try (InputStream in = CassandraFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
