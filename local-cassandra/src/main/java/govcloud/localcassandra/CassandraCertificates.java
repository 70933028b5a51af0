package govcloud.localcassandra;

import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The certificates of a Cassandra that is not open to everybody, in a folder of its home: for its
 * clients an authority, the server's and one for each role; for other Cassandras, of which there
 * are none, another authority. They last a day; Cassandra and its clients read them again when they
 * change.
 *
 * @param home of that Cassandra
 */
record CassandraCertificates(Path home) {
  private static final String SERVER = "server";
  private static final List<String> ADDRESS = List.of("127.0.0.1");
  private static final long LOOK_MINUTES = 1;

  private Path folder() {
    return home.resolve("pki");
  }

  /** Whose certificates are taken at one of its doors. */
  Path authority(Door door) {
    return DevelopmentPki.authority(folder(), door);
  }

  /** What Cassandra shows at one of its doors, with its key. */
  Path server(Door door) {
    return DevelopmentPki.identity(folder(), door, SERVER);
  }

  /** What a client shows, with its key. */
  Path client(CassandraRole role) {
    return DevelopmentPki.identity(folder(), Door.CASSANDRA, role.party());
  }

  /**
   * Makes those that are missing or soon end.
   *
   * @throws LocalCassandraException when the folder cannot be written
   */
  void ensure() {
    DevelopmentPki pki = new DevelopmentPki(folder(), Clock.systemUTC(), new SecureRandom());
    try {
      pki.ensure(Door.CASSANDRA, SERVER, ADDRESS);
      pki.ensure(Door.INTERNODE, SERVER, ADDRESS);
      for (CassandraRole role : CassandraRole.values()) {
        pki.ensureClient(Door.CASSANDRA, role.party());
      }
    } catch (PkiException e) {
      throw new LocalCassandraException(e.getMessage(), e);
    }
  }

  /** What the superuser, who starts Cassandra, connects with. */
  SSLContext client() {
    try {
      return TlsContexts.client(authority(Door.CASSANDRA), client(CassandraRole.SUPERUSER));
    } catch (PkiException e) {
      throw new LocalCassandraException(e.getMessage(), e);
    }
  }

  /** Renews them beside everything else, as long as the process lives that was started here. */
  void renewWhile(Process process) {
    Thread thread = new Thread(() -> renew(process), "cassandra-certificates");
    thread.setDaemon(true);
    thread.start();
  }

  private void renew(Process process) {
    try {
      while (!process.waitFor(LOOK_MINUTES, TimeUnit.MINUTES)) {
        try {
          ensure();
        } catch (LocalCassandraException laterAgain) {
          System.err.println("certificates of Cassandra: " + laterAgain.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
