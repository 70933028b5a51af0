package govcloud.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import govcloud.cli.command.Json;
import govcloud.localcassandra.CassandraRole;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code up} starts, looked at from outside: its listeners, and what they answer to whom. */
@Tag("slow")
@ExtendWith(SharedCloud.class)
class TransportIT {
  /** The first frame of version 4 of the protocol; answered by what Cassandra supports. */
  private static final byte[] CQL_OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};

  @Test
  void cloud_up_listensWhereIntendedAndNowhereInPlaintext(TestCloud cloud) throws Exception {
    assertThat(cloud.nodes()).isNotEmpty();
    for (WantedNodes.Wanted node : new WantedNodes(Json.mapper(), cloud.home()).read()) {
      NodePlan plan = node.plan();
      assertThat(plan.tls()).isTrue();
      onlyIntended(cloud.process(plan.name()), plan);
      for (int port : List.of(plan.httpPort(), plan.remotingPort())) {
        assertThat(plaintext(port)).as("plain HTTP to port " + port).doesNotContain("HTTP/");
        assertThatThrownBy(() -> handshake(cloud, port, "TLSv1.2"))
            .isInstanceOf(SSLException.class);
      }
      assertThat(handshake(cloud, plan.httpPort(), "TLSv1.3").getSubjectX500Principal())
          .hasToString("CN=" + plan.name());
      secretsAreTheOwnersAlone(cloud.home().pki(), 6);
    }
    cassandraSpeaksWithItsClientsAlone(cloud);
    renewsWithoutRestart(cloud);
  }

  /** That nodes do their work says that they are among them. */
  private static void cassandraSpeaksWithItsClientsAlone(TestCloud cloud) throws Exception {
    int port = cloud.cassandraPort();
    assertThat(Listeners.of(cloud.cassandra())).allMatch(Listeners.Listener::loopback);
    assertThat(answer(port, CQL_OPTIONS)).as("CQL without TLS").doesNotContain("_VERSION");
    Map<String, String> login = CassandraRole.NODE.login(cloud.home().cassandra());
    Path authority = Path.of(login.get("authority-file"));
    SSLContext node = TlsContexts.client(authority, Path.of(login.get("certificate-file")));
    assertThat(handshake(node, port, "TLSv1.3").getSubjectX500Principal()).hasToString("CN=server");
    assertThatThrownBy(() -> handshake(node, port, "TLSv1.2")).isInstanceOf(SSLException.class);
    assertThat(answer(node, port)).contains("_VERSION");
    assertThatThrownBy(() -> answer(TlsContexts.client(authority), port))
        .as("no certificate")
        .isInstanceOf(IOException.class);
    Path pki = authority.getParent();
    secretsAreTheOwnersAlone(pki, 7);
    SSLContext nobody = TlsContexts.client(DevelopmentPki.authority(pki, Door.INTERNODE));
    List<Integer> others =
        Listeners.of(cloud.cassandra()).stream()
            .map(Listeners.Listener::port)
            .filter(other -> other != port)
            .toList();
    assertThat(others).as("the port for other Cassandras").hasSize(1);
    assertThat(handshake(nobody, others.get(0), "TLSv1.3").getSubjectX500Principal())
        .hasToString("CN=server");
    assertThatThrownBy(() -> answer(nobody, others.get(0))).isInstanceOf(IOException.class);
  }

  /** Cassandra is another process; a cloud without a sibling has no listener for one. */
  private static void onlyIntended(ProcessHandle process, NodePlan plan) throws IOException {
    List<Listeners.Listener> listeners = Listeners.of(process);
    Set<Integer> ports =
        listeners.stream().map(Listeners.Listener::port).collect(Collectors.toSet());
    assertThat(ports)
        .containsExactlyInAnyOrder(plan.httpPort(), plan.managementPort(), plan.remotingPort());
    assertThat(listeners).allMatch(Listeners.Listener::loopback);
  }

  private static String plaintext(int port) {
    return answer(
        port, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
  }

  private static String answer(int port, byte[] question) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return answer(socket, question);
    } catch (IOException closed) {
      return "";
    }
  }

  private static String answer(SSLContext tls, int port) throws IOException {
    try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port)) {
      return answer(socket, CQL_OPTIONS);
    }
  }

  private static String answer(Socket socket, byte[] question) throws IOException {
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(question);
    return new String(socket.getInputStream().readNBytes(64), US_ASCII);
  }

  private static X509Certificate handshake(TestCloud cloud, int port, String version)
      throws Exception {
    return handshake(TlsContexts.client(cloud.home().authority()), port, version);
  }

  private static X509Certificate handshake(SSLContext tls, int port, String version)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void secretsAreTheOwnersAlone(Path pki, int least) throws IOException {
    assertThat(Files.getPosixFilePermissions(pki).toString()).doesNotContain("GROUP", "OTHERS");
    try (var files = Files.list(pki)) {
      List<Path> secrets = files.filter(file -> !file.toString().endsWith("-ca.pem")).toList();
      assertThat(secrets).hasSizeGreaterThanOrEqualTo(least);
      for (Path secret : secrets) {
        assertThat(Files.getPosixFilePermissions(secret).toString())
            .as(secret.toString())
            .doesNotContain("GROUP", "OTHERS");
      }
    }
  }

  private static void renewsWithoutRestart(TestCloud cloud) throws Exception {
    ProcessHandle before = cloud.process("node-1");
    int port = cloud.http("node-1").getPort();
    X509Certificate first = handshake(cloud, port, "TLSv1.3");
    Files.delete(DevelopmentPki.identity(cloud.home().pki(), Door.PUBLIC, "node-1"));
    // The supervisor does it within a minute; so does whoever has the folder.
    new LocalPki(cloud.home(), Clock.systemUTC(), new SecureRandom())
        .ensure(new NodePlan("node-1", port, 0, 0, 0, true));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(handshake(cloud, port, "TLSv1.3")).isNotEqualTo(first));
    assertThat(cloud.process("node-1")).isEqualTo(before);
    assertThat(cloud.answer(cloud.http("node-1").resolve("/ready"))).isEqualTo(200);
  }
}
