package govcloud.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.node.tls.Doors;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the public listener answers, and to whom. */
class TlsListenerTest {

  @TempDir private Path folder;
  @TempDir private Path pki;
  private Doors doors;
  private BorderHouse house;

  @BeforeEach
  void open() throws Exception {
    doors = new Doors(pki);
    house = new BorderHouse(folder, Doors.open(doors.httpLines()));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private HttpResponse<String> get(HttpClient client) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + house.port + "/v1/tenants"))
            .header("Authorization", "Bearer " + TestTokens.TOKEN)
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpClient client(Path authority, String version) throws Exception {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    return HttpClient.newBuilder()
        .sslContext(TlsContexts.client(authority))
        .sslParameters(parameters)
        .build();
  }

  private X509Certificate shown() throws Exception {
    var session = get(client(doors.authority(), "TLSv1.3")).sslSession().orElseThrow();
    return (X509Certificate) session.getPeerCertificates()[0];
  }

  @Test
  void tls13_asked_answersAndTellsBrowsersToStayWithIt() throws Exception {
    var answer = get(client(doors.authority(), "TLSv1.3"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    var headers = answer.headers();
    assertThat(headers.firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000; includeSubDomains");
    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("Server")).isEmpty();
  }

  @Test
  void tls12_asked_isRefused() throws Exception {
    var old = client(doors.authority(), "TLSv1.2");
    assertThatThrownBy(() -> get(old)).isInstanceOf(SSLException.class);
  }

  @Test
  void plainHttp_asked_answersNothing() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      assertThat(read(socket)).doesNotContain("HTTP");
    }
  }

  private static String read(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (IOException reset) {
      return "";
    }
  }

  @Test
  void clientOfAnotherAuthority_asks_doesNotTakeTheCertificate(@TempDir Path foreign)
      throws Exception {
    var other = new Doors(foreign);
    other.http();
    var client = client(other.authority(), "TLSv1.3");
    assertThatThrownBy(() -> get(client)).isInstanceOf(SSLException.class);
  }

  @Test
  void certificateReplaced_asked_showsTheOtherWithoutARestart() throws Exception {
    var first = shown();
    Files.delete(doors.http());
    doors.http();
    assertThat(shown()).isNotEqualTo(first);
  }

  @Test
  void certificateDamaged_asked_showsTheOneBefore() throws Exception {
    var first = shown();
    Files.writeString(doors.http(), "nothing");
    assertThat(shown()).isEqualTo(first);
  }
}
