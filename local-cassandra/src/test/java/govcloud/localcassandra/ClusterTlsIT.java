package govcloud.localcassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import govcloud.localcassandra.LocalCassandra.Settings;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Cassandras whose line is TLS with certificates on both sides, and who else comes to it. */
@Tag("slow")
class ClusterTlsIT {
  private static final String KEYSPACE =
      "CREATE KEYSPACE shared WITH replication ="
          + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 2}";

  @TempDir private Path folder;

  private final List<LocalCassandra> running = new ArrayList<>();
  private final String net =
      "127.%d.%d."
          .formatted(
              ProcessHandle.current().pid() / 250 % 250 + 2,
              ProcessHandle.current().pid() % 250 + 2);
  private final List<String> members = List.of(net + "1", net + "2");

  @Test
  void members_withCertificates_areACluster_whoHasNoneIsNot() throws Exception {
    try {
      members.parallelStream()
          .map(address -> LocalCassandra.start(settings(member(address).withPki(pki()))))
          .toList()
          .forEach(running::add);
      try (CqlSession one = LocalCassandraIT.session(running.get(0));
          CqlSession two = LocalCassandraIT.session(running.get(1))) {
        writesThroughOneAreAtTheOther(one, two);
        assertThat(peers(one)).isEqualTo(1);
        assertThat(peers(two)).isEqualTo(1);
        theLineIsTlsAlone();
        assertStaysOut(member(net + "3"));
        assertStaysOut(member(net + "4").withPki(folder.resolve("strangers")));
        assertThat(peers(one)).isEqualTo(1);
        assertThat(peers(two)).isEqualTo(1);
        showRenewedCertificates();
        writesAreAtBoth(one, 2);
      }
    } finally {
      running.forEach(LocalCassandra::kill);
    }
  }

  /** With {@code ALL} the one that is asked must have sent it to the other. */
  private static void writesThroughOneAreAtTheOther(CqlSession one, CqlSession two)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (peers(one) < 1 || peers(two) < 1) {
      assertThat(System.nanoTime()).as("a cluster within a minute").isLessThan(deadline);
      Thread.sleep(200);
    }
    one.execute(KEYSPACE);
    one.execute("CREATE TABLE shared.one (id int PRIMARY KEY)");
    writesAreAtBoth(one, 1);
    assertThat(two.execute("SELECT id FROM shared.one").all()).hasSize(1);
  }

  private static void writesAreAtBoth(CqlSession session, int id) {
    session.execute(
        SimpleStatement.newInstance("INSERT INTO shared.one (id) VALUES (?)", id)
            .setConsistencyLevel(ConsistencyLevel.ALL)
            .setTimeout(Duration.ofSeconds(30)));
  }

  private static long peers(CqlSession session) {
    return session.execute("SELECT peer FROM system.peers_v2").all().size();
  }

  private void theLineIsTlsAlone() throws Exception {
    Path authority = DevelopmentPki.authority(pki(), Door.INTERNODE);
    Path own = DevelopmentPki.identity(pki(), Door.INTERNODE, members.get(1));
    SSLContext member = TlsContexts.client(authority, own);
    assertThat(speaks(member, "TLSv1.3")).isTrue();
    assertThatThrownBy(() -> speaks(member, "TLSv1.2")).isInstanceOf(SSLException.class);
    assertThat(speaks(TlsContexts.client(authority), "TLSv1.3")).as("no certificate").isFalse();
  }

  /** Whoever is refused in TLS 1.3 hears of it when it reads. Members wait for a first word. */
  private boolean speaks(SSLContext tls, String version) throws IOException {
    InetAddress address = InetAddress.getByName(members.get(0));
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(address, Member.STORAGE_PORT)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setSoTimeout(2_000);
      socket.startHandshake();
      try {
        return socket.getInputStream().read() >= 0;
      } catch (java.net.SocketTimeoutException waits) {
        return true;
      } catch (IOException refused) {
        return false;
      }
    }
  }

  /** It asks the members before it starts, and gets no answer that it understands. */
  private void assertStaysOut(Member stranger) {
    assertThatThrownBy(() -> running.add(LocalCassandra.start(settings(stranger))))
        .as(stranger.address())
        .isInstanceOf(LocalCassandraException.class);
  }

  private void showRenewedCertificates() throws Exception {
    for (String address : members) {
      Files.delete(DevelopmentPki.identity(pki(), Door.INTERNODE, address));
      CassandraCertificates.of(settings(member(address).withPki(pki()))).ensure();
    }
    Path authority = DevelopmentPki.authority(pki(), Door.INTERNODE);
    Path own = DevelopmentPki.identity(pki(), Door.INTERNODE, members.get(1));
    assertThat(speaks(TlsContexts.client(authority, own), "TLSv1.3")).isTrue();
    try (Stream<Path> files = Files.list(pki())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "internode-ca.key",
              "internode-ca.pem",
              "internode-" + members.get(0) + ".pem",
              "internode-" + members.get(1) + ".pem");
    }
  }

  private Path pki() {
    return folder.resolve("pki");
  }

  private Member member(String address) {
    return new Member(address, members, List.of());
  }

  private Settings settings(Member member) {
    return Settings.in(folder.resolve(member.address()))
        .withHeapMegabytes(256)
        .withStartTimeout(Duration.ofMinutes(3))
        .withMember(member);
  }
}
