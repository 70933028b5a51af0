package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Settings;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The certificates of a Cassandra that is not open to everybody, in a folder of its home: for its
 * clients an authority, the server's and one for each program; for other Cassandras another
 * authority. Of a member of a cluster only what it shows to the others, in their common folder.
 * They last a day; Cassandra and its clients read them again when they change.
 *
 * @param member its address; absent: alone
 */
record CassandraCertificates(Path folder, Optional<String> member) {
  private static final String SERVER = "server";

  /** Also where a member on another loopback address calls from. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final long LOOK_MINUTES = 1;

  /** Members that start at one moment would make an authority each. */
  private static final Object MAKING = new Object();

  /** Of a Cassandra that is alone. */
  static CassandraCertificates of(Path home) {
    return new CassandraCertificates(home.resolve("pki"), Optional.empty());
  }

  /** Of one with these settings. */
  static CassandraCertificates of(Settings settings) {
    return settings
        .member()
        .filter(member -> member.pki().isPresent())
        .map(member -> new CassandraCertificates(member.pki().get(), Optional.of(member.address())))
        .orElseGet(() -> of(settings.home()));
  }

  /** Whose certificates are taken at one of its doors. */
  Path authority(Door door) {
    return DevelopmentPki.authority(folder, door);
  }

  /** What Cassandra shows at one of its doors, with its key. */
  Path server(Door door) {
    return DevelopmentPki.identity(folder, door, member.orElse(SERVER));
  }

  /** What a client shows, with its key. */
  Path client(CassandraRole role) {
    return DevelopmentPki.identity(folder, Door.CASSANDRA, role.party());
  }

  /**
   * Makes those that are missing or soon end.
   *
   * @throws LocalCassandraException when the folder cannot be written
   */
  void ensure() {
    try {
      synchronized (MAKING) {
        make(new DevelopmentPki(folder, Clock.systemUTC(), new SecureRandom(), networks()));
      }
    } catch (PkiException e) {
      throw new LocalCassandraException(e.getMessage(), e);
    }
  }

  /** Members that have a network of their own are neighbours in it. */
  private List<String> networks() {
    Stream<String> own =
        member.stream().map(address -> address.substring(0, address.lastIndexOf('.')) + ".0/24");
    return Stream.concat(Stream.of("127.0.0.0/8"), own).toList();
  }

  private void make(DevelopmentPki pki) throws PkiException {
    List<String> addresses = Stream.concat(member.stream(), Stream.of(LOOPBACK)).toList();
    pki.ensure(Door.INTERNODE, member.orElse(SERVER), addresses);
    if (member.isEmpty()) {
      pki.ensure(Door.CASSANDRA, SERVER, addresses);
      for (CassandraRole role : CassandraRole.PROGRAMS) {
        pki.ensureClient(Door.CASSANDRA, role.party());
      }
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
