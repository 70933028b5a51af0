package govcloud.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.pki.request.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachmentRoutesTest {

  private static final String LINE = "\r\n";
  private static final String PDF = "application/pdf";
  private static final String SETTINGS = settings("4s");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private AttachmentHouse house;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    house = new AttachmentHouse(folder, SETTINGS);
  }

  @AfterAll
  void close() {
    house.close();
  }

  private static String settings(String progressTimeout) {
    return "govcloud { attachments { max-size = 300000, progress-timeout = %s }, http.most-streams = 4 }"
        .formatted(progressTimeout);
  }

  private static byte[] pdf(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 9);
    return bytes;
  }

  private HttpResponse<byte[]> send(String tenant, String type, byte[] body) throws Exception {
    return send(house, tenant, type, body);
  }

  private HttpResponse<byte[]> send(AttachmentHouse to, String tenant, String type, byte[] body)
      throws Exception {
    return http.send(
        request(to, "/v1/tenants/" + tenant + "/attachments")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return request(house, path);
  }

  private static HttpRequest.Builder request(AttachmentHouse to, String path) {
    return HttpRequest.newBuilder(URI.create(to.url + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + AttachmentHouse.TOKEN);
  }

  private String sent(String tenant, byte[] body) throws Exception {
    var answer = send(tenant, PDF, body);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(201);
    return member(answer, "address");
  }

  private static String member(HttpResponse<byte[]> answer, String name) throws IOException {
    return new ObjectMapper().readTree(answer.body()).path(name).asText();
  }

  private HttpResponse<byte[]> fetch(String path, String... headers) throws Exception {
    var request = request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String path(String tenant, String address) {
    return "/v1/tenants/" + tenant + "/attachments/" + address;
  }

  @Test
  void file_sent_isFetchedAsItWas() throws Exception {
    var file = pdf(200_000);
    var address = sent("harbour", file);
    var answer = fetch(path("harbour", address) + "?file_name=%E5%9B%BE%20*1.pdf");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(file);
    assertThat(answer.headers().firstValue("content-type")).contains(PDF);
    assertThat(answer.headers().firstValue("content-length")).contains("200000");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("content-disposition"))
        .contains("attachment; filename*=UTF-8''%E5%9B%BE%20%2A1.pdf");
  }

  @Test
  void sameFile_sentAgain_hasTheSameAddressAndIsStoredOnce() throws Exception {
    var address = sent("harbour", pdf(1_000));
    assertThat(sent("harbour", pdf(1_000))).isEqualTo(address);
    assertThat(sent("housing", pdf(1_000))).isNotEqualTo(address);
  }

  @Test
  void addressOfAnotherTenant_fetched_isAnsweredLikeAnUnknownOne() throws Exception {
    var address = sent("harbour", pdf(2_000));
    var foreign = house.client.send("GET", path("housing", address), null);
    var unknown = house.client.send("GET", path("housing", "ab".repeat(32)), null);
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.code()).isEqualTo("ATTACHMENT_NOT_FOUND");
    assertThat(foreign.response().body().replace(address, "A"))
        .isEqualTo(unknown.response().body().replace("ab".repeat(32), "A"));
    assertThatThrownBy(
            () ->
                house.attachments.require("housing", address, "a.pdf").toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("expected: one that this department has sent before");
  }

  @Test
  void attachmentOfTheTenant_named_isDescribed() throws Exception {
    var address = sent("harbour", pdf(3_000));
    var attachment =
        house.attachments.require("harbour", address, "a.pdf").toCompletableFuture().get();
    assertThat(attachment.mediaType()).isEqualTo(PDF);
    assertThat(attachment.length()).isEqualTo(3_000);
    assertThat(attachment.fileName()).isEqualTo("a.pdf");
  }

  @Test
  void ranges_fetched_areThoseBytes() throws Exception {
    var file = pdf(150_000);
    var path = path("harbour", sent("harbour", file));
    var middle = fetch(path, "Range", "bytes=65000-70000");
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(file, 65_000, 70_001));
    assertThat(middle.headers().firstValue("content-range")).contains("bytes 65000-70000/150000");
    assertThat(fetch(path, "Range", "bytes=149999-").body()).isEqualTo(new byte[] {file[149_999]});
    assertThat(fetch(path, "Range", "bytes=-5").body())
        .isEqualTo(Arrays.copyOfRange(file, 149_995, 150_000));
    assertThat(fetch(path, "Range", "bytes=100-900000").body()).hasSize(149_900);
    for (var ignored : new String[] {"bytes=9-5", "bytes=-", "bytes=0-1,4-5", "lines=1-2"}) {
      assertThat(fetch(path, "Range", ignored).statusCode()).as(ignored).isEqualTo(200);
    }
    var behind = fetch(path, "Range", "bytes=150000-");
    assertThat(behind.statusCode()).isEqualTo(416);
    assertThat(behind.headers().firstValue("content-range")).contains("bytes */150000");
  }

  @Test
  void contentOfAnotherType_sent_is415AndTheConnectionGoesOn() throws Exception {
    assertThat(
            member(
                send("harbour", PDF, "MZ".repeat(100_000).getBytes(StandardCharsets.US_ASCII)),
                "code"))
        .isEqualTo("CONTENT_TYPE_WRONG");
    assertThat(member(send("harbour", PDF, "MZ".getBytes(StandardCharsets.US_ASCII)), "code"))
        .isEqualTo("CONTENT_TYPE_WRONG");
    assertThat(member(send("harbour", "text/plain", pdf(100)), "code"))
        .isEqualTo("CONTENT_TYPE_WRONG");
    assertThat(
            member(send("harbour", "text/html", "<p>".getBytes(StandardCharsets.US_ASCII)), "code"))
        .isEqualTo("CONTENT_TYPE_UNSUPPORTED");
    assertThat(member(send("harbour", PDF, new byte[0]), "code")).isEqualTo("BODY_MISSING");
    assertNothingIncoming();
  }

  @Test
  void fileOfTheLargestSize_sent_isTakenAndOneByteMoreIsNot() throws Exception {
    assertThat(send("harbour", PDF, pdf(300_000)).statusCode()).isEqualTo(201);
    assertThat(member(send("harbour", PDF, pdf(300_001)), "code")).isEqualTo("BODY_TOO_LARGE");
    var chunked =
        raw("Transfer-Encoding: chunked", chunk("%PDF-1.7") + chunk("x".repeat(24_000)).repeat(14));
    assertThat(chunked).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    assertNothingIncoming();
  }

  @Test
  void clientThatAsksFirst_sends_hearsBeforeItSendsTheFile() throws Exception {
    var header = "Expect: 100-continue" + LINE + "Content-Length: ";
    assertThat(raw(header + 1_000_000, "")).startsWith("HTTP/1.1 413 ").contains("BODY_TOO_LARGE");
    try (var socket = open(header + 100, "")) {
      var answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
    }
  }

  @Test
  void tenantThatMayNotSend_sends_isRefused() throws Exception {
    assertThat(send("suspended", PDF, pdf(100)).statusCode()).isEqualTo(404);
  }

  @Tag("slow")
  @Test
  void clientThatStops_sends_is408AndNothingStays() throws Exception {
    var answer = raw("Content-Length: 200000", "%PDF-" + "x".repeat(100_000));
    // A connection that is reset may take the answer with it.
    assertThat(answer).matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 408 "));
    assertNothingIncoming();
  }

  @Test
  void clientThatGoesAway_sends_leavesNothing() throws Exception {
    try (var socket = open("Content-Length: 200000", "%PDF-" + "x".repeat(100_000))) {
      socket.getOutputStream().flush();
    }
    await().atMost(Duration.ofSeconds(10)).untilAsserted(this::assertNothingIncoming);
  }

  @Test
  void damagedFile_fetched_endsBeforeTheFirstWrongByte() throws Exception {
    var file = pdf(250_000);
    var address = sent("harbour", file);
    var stored = house.archive.resolve("blobs").resolve(address.substring(0, 2)).resolve(address);
    var bytes = Files.readAllBytes(stored);
    bytes[bytes.length - 60_000] ^= 1;
    Files.write(stored, bytes);
    try (var body =
        http.send(
                request(path("harbour", address)).build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .body()) {
      var got = new byte[250_000];
      int length = readUntilItBreaks(body, got);
      assertThat(length).isLessThan(250_000 - 60_000);
      assertThat(Arrays.copyOf(got, length)).isEqualTo(Arrays.copyOf(file, length));
    }
    bytes[20] ^= 1;
    Files.write(stored, bytes);
    var answer = house.client.send("GET", path("harbour", address), null);
    assertThat(answer.status()).isGreaterThanOrEqualTo(404);
  }

  private static int readUntilItBreaks(InputStream in, byte[] into) {
    int length = 0;
    try {
      for (int read = in.read(into);
          read >= 0;
          read = in.read(into, length, into.length - length)) {
        length += read;
      }
    } catch (IOException broken) {
      return length;
    }
    return length;
  }

  @Test
  void fileWithDigest_isHeldAgainstIt() throws Exception {
    var file = pdf(200_000);
    for (boolean isRight : new boolean[] {true, false}) {
      var answer =
          http.send(
              request("/v1/tenants/harbour/attachments")
                  .header("Content-Type", PDF)
                  .header("Content-Digest", ContentDigest.of(isRight ? file : pdf(199_999)))
                  .POST(BodyPublishers.ofByteArray(file))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(isRight ? 201 : 400);
      assertThat(member(answer, "code")).isEqualTo(isRight ? "" : "CONTENT_DIGEST_WRONG");
    }
    assertNothingIncoming();
  }

  @Test
  void moreThanTheirShare_sentAtOnce_isOverloaded(@TempDir Path folder) throws Exception {
    // Both senders stop at once; however slow the machine is, they are not ended here.
    try (var patient = new AttachmentHouse(folder, settings("10 minutes"))) {
      try (var one = open(patient, "Content-Length: 200000", "%PDF-");
          var two = open(patient, "Content-Length: 200000", "%PDF-")) {
        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> send(patient, "harbour", PDF, pdf(100)).statusCode() == 503);
        assertThat(send(patient, "housing", PDF, pdf(100)).statusCode()).isEqualTo(201);
        assertThat(one.isConnected() && two.isConnected()).isTrue();
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> send(patient, "harbour", PDF, pdf(100)).statusCode() == 201);
    }
  }

  private static String chunk(String text) {
    return String.join(LINE, Integer.toHexString(text.length()), text, "");
  }

  private void assertNothingIncoming() {
    assertThat(house.archive.resolve("incoming")).isEmptyDirectory();
  }

  private Socket open(String header, String body) throws IOException {
    return open(house, header, body);
  }

  private static Socket open(AttachmentHouse to, String header, String body) throws IOException {
    var uri = URI.create(to.url);
    var socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
    socket.setSoTimeout(20_000);
    var request =
        String.join(
            LINE,
            "POST /v1/tenants/harbour/attachments HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + AttachmentHouse.TOKEN,
            "Content-Type: application/pdf",
            header,
            "",
            body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** What comes back before the end, or before the other side resets the connection. */
  private String raw(String header, String body) throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var socket = open(header, body)) {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException reset) {
      return answer.toString(StandardCharsets.UTF_8);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
