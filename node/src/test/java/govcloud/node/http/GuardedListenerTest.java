package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client may do on a connection, and how many it may have. */
@Timeout(60)
class GuardedListenerTest {

  private static final String AUTHORIZATION =
      "Host: localhost\r\nAuthorization: Bearer " + TestTokens.TOKEN + "\r\n";
  private static final String GET = "GET /v1/tenants HTTP/1.1\r\n" + AUTHORIZATION;
  private static final String POST =
      "POST /v1/tenants/harbour/suspend HTTP/1.1\r\n"
          + AUTHORIZATION
          + "If-Match: \"1\"\r\nContent-Type: application/json\r\n";
  private static final String BODY = "{\"reason\":\"a\"}";
  private static final String CLOSE = "Connection: close\r\n";
  private static final Duration SLOW = Duration.ofMillis(700);

  /** As many as the settings of tests let one address have. */
  private static final int MOST = 50;

  private static final int HALF_CLOSED = 10;

  private BorderHouse house;

  /** The answer of the slow endpoint, where a test decides when it comes. */
  private final AtomicReference<CompletableFuture<HttpResponse>> held = new AtomicReference<>();

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    Endpoint slow =
        call ->
            held.get() != null
                ? held.get()
                : new CompletableFuture<HttpResponse>()
                    .completeOnTimeout(
                        Replies.ok(Map.of("version", "x")), SLOW.toMillis(), TimeUnit.MILLISECONDS);
    house = new BorderHouse(folder, Map.of("getCluster", slow), system -> ChangeGate.OPEN);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), house.port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads until a text has come. */
  private static String readTo(Socket socket, String end) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      var next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("the end, without " + end + ": " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void requestsInARow_inOneWrite_areAnsweredInTheirOrder() throws IOException {
    var answer =
        house.raw(
            GET
                + "\r\n"
                + POST
                + "Content-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY
                + GET.replace("/v1/tenants", "/v1/nonsense")
                + CLOSE
                + "\r\n");
    assertThat(count(answer, "HTTP/1.1 200")).isEqualTo(2);
    assertThat(count(answer, "HTTP/1.1 404")).isEqualTo(1);
    assertThat(answer.indexOf("HTTP/1.1 404")).isGreaterThan(answer.lastIndexOf("HTTP/1.1 200"));
  }

  @Test
  void bodiesWithLengthAndInChunks_inPieces_onOneConnection_areRead() throws Exception {
    var stream =
        POST
            + "Content-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY
            + POST
            + "Transfer-Encoding: chunked\r\n\r\n4;a=b\r\n"
            + BODY.substring(0, 4)
            + "\r\n"
            + Integer.toHexString(BODY.length() - 4)
            + "\r\n"
            + BODY.substring(4)
            + "\r\n0\r\n\r\n"
            + GET
            + CLOSE
            + "\r\n";
    var chance = new Random(1);
    try (var socket = connect()) {
      socket.setTcpNoDelay(true);
      for (int at = 0; at < stream.length(); ) {
        var end = Math.min(stream.length(), at + 1 + chance.nextInt(60));
        write(socket, stream.substring(at, end));
        Thread.sleep(2);
        at = end;
      }
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(count(answer, "HTTP/1.1 200")).as(answer).isEqualTo(3);
    }
  }

  @Test
  void clientThatWaitsToBeAskedForItsBody_isAsked() throws IOException {
    try (var socket = connect()) {
      write(
          socket,
          POST
              + "Expect: 100-continue\r\nContent-Length: "
              + BODY.length()
              + "\r\n"
              + CLOSE
              + "\r\n");
      assertThat(readTo(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100");
      write(socket, BODY);
      assertThat(readTo(socket, "\r\n\r\n")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void faultBehindAGoodRequest_isAnsweredBehindItsAnswer_andTheConnectionEnds() throws IOException {
    house.last = null;
    var answer = house.raw(GET + "\r\n" + GET + "X: y\r\n z\r\n\r\n" + GET + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(count(answer, "HTTP/1.1 400")).isEqualTo(1);
    assertThat(answer).contains("REQUEST_MALFORMED", "a header that goes on in the next line");
    assertThat(count(answer, "HTTP/1.1 ")).isEqualTo(2);
  }

  @Test
  void headThatDrips_isGivenUpAfterItsTime() throws Exception {
    try (var socket = connect()) {
      var begun = System.nanoTime();
      for (int i = 0; i < 200 && socket.getInputStream().available() == 0; i++) {
        write(socket, i == 0 ? "GET / HTTP/1.1\r\nX: " : "a");
        Thread.sleep(50);
      }
      var answer = readTo(socket, "\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 408");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(5));
    } catch (SocketException reset) {
      throw new AssertionError("no answer before the end", reset);
    }
  }

  @Test
  void connectionThatRestsBetweenRequests_isNotADrippingHead() throws Exception {
    try (var socket = connect()) {
      write(socket, GET + "\r\n");
      readTo(socket, "\r\n\r\n");
      Thread.sleep(2_500);
      write(socket, GET.replace("/v1/tenants", "/v1/nonsense") + CLOSE + "\r\n");
      assertThat(readTo(socket, "PATH_UNKNOWN")).contains("HTTP/1.1 404");
    }
  }

  @Test
  void connections_moreThanOneAddressMayHave_areClosedAtOnce_untilOthersEnd() throws IOException {
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < MOST; i++) {
        var socket = connect();
        write(socket, GET + "\r\n");
        readTo(socket, "\r\n\r\n");
        open.add(socket);
      }
      try (var beyond = connect()) {
        assertThat(ends(beyond)).isTrue();
      }
      open.remove(0).close();
      assertThat(answersSoon()).isTrue();
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void connections_whoseClientsHaveSentEverything_countUntilTheirAnswersAreThere()
      throws IOException {
    held.set(new CompletableFuture<>());
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < MOST; i++) {
        var socket = connect();
        if (i < HALF_CLOSED) {
          write(socket, GET.replace("/v1/tenants", "/v1/cluster") + "\r\n");
          socket.shutdownOutput();
        }
        open.add(socket);
      }
      await()
          .atMost(Duration.ofSeconds(5))
          .during(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                try (var beyond = connect()) {
                  write(beyond, GET + "\r\n");
                  assertThat(ends(beyond)).isTrue();
                }
              });
      held.get().complete(Replies.ok(Map.of("version", "x")));
      assertThat(readTo(open.get(0), "\r\n\r\n")).startsWith("HTTP/1.1 200");
      assertThat(answersSoon()).isTrue();
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
  }

  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private boolean answersSoon() {
    for (int i = 0; i < 50; i++) {
      try (var socket = connect()) {
        write(socket, GET + CLOSE + "\r\n");
        if (socket.getInputStream().read() == 'H') {
          return true;
        }
        Thread.sleep(100);
      } catch (IOException | InterruptedException closed) {
        // The other connection has not ended yet for the listener.
      }
    }
    return false;
  }

  @Test
  void nodeThatStops_answersWhatIsUnderWay_andEndsIdleConnections() throws Exception {
    try (var busy = connect();
        var idle = connect()) {
      write(idle, GET + "\r\n");
      readTo(idle, "\r\n\r\n");
      write(busy, GET.replace("/v1/tenants", "/v1/cluster") + "\r\n");
      Thread.sleep(SLOW.toMillis() / 3);
      var stopped = CompletableFuture.runAsync(house::close);
      var answer = readTo(busy, "\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200").contains("Connection: close");
      stopped.get(20, TimeUnit.SECONDS);
      idle.getInputStream().readAllBytes();
    }
  }
}
