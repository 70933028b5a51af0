package govcloud.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wire: who is let in, and what becomes of which answer. */
class HttpSiblingLinkTest {
  private static final ArchiveName NAME = ArchiveName.segment(3, 7);
  private static final ByteString FILE = ByteString.copyFromUtf8("a segment");

  @TempDir private Path folder;
  private LinkIdentity harbour;
  private LinkIdentity mountain;
  private LinkIdentity stranger;
  private LinkIdentity retired;
  private HttpsServer server;
  private volatile int status = 200;
  private volatile String code = "";
  private volatile String path = "";
  private volatile byte[] answer;

  @BeforeEach
  void start() throws Exception {
    harbour = identity("harbour");
    mountain = identity("mountain");
    stranger = identity("stranger");
    retired = identity("retired");
    SSLContext tls =
        PinnedTls.context(mountain, harbour.certificate(), () -> List.of(retired.certificate()));
    server = PinnedServer.of(tls);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private LinkIdentity identity(String cloud) throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve(cloud));
    KeyCeremony.init(keys, cloud, folder.resolve(cloud + "-shares"), 2, 2, new SecureRandom());
    return keys.link();
  }

  private void answer(HttpExchange exchange) throws IOException {
    path = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    byte[] body = answer == null ? sent : answer;
    if (!code.isEmpty()) {
      exchange.getResponseHeaders().add(HttpSiblingLink.CODE, code);
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private HttpSiblingLink link(LinkIdentity own, LinkIdentity expected, String... before) {
    List<String> addresses = new java.util.ArrayList<>(List.of(before));
    addresses.add("127.0.0.1:" + server.getAddress().getPort());
    return new HttpSiblingLink(
        PinnedTls.context(own, expected.certificate()),
        addresses,
        "harbour",
        Duration.ofSeconds(20));
  }

  @Test
  void file_deliveredToTheSibling_isPutUnderItsName() throws Exception {
    assertThat(link(harbour, mountain).deliver(NAME, FILE)).hasValue(FILE);
    assertThat(path).isEqualTo("PUT /replica/v1/harbour/" + NAME.text());
  }

  @Test
  void stranger_delivers_isNotLetIn() {
    assertThatThrownBy(() -> link(stranger, mountain).deliver(NAME, FILE))
        .isInstanceOf(LinkException.class);
    assertThat(path).isEmpty();
  }

  @Test
  void otherServerThanTheSibling_getsNothing() {
    assertThatThrownBy(() -> link(harbour, stranger).deliver(NAME, FILE))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("the sibling's card");
    assertThat(path).isEmpty();
  }

  @Test
  void refusal_delivered_carriesTheSiblingsCode() {
    status = 409;
    code = "REPLICA_FORKED";
    assertThatThrownBy(() -> link(harbour, mountain).deliver(NAME, FILE))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("REPLICA_FORKED"));
  }

  @Test
  void busySibling_delivered_isToBeTriedAgain() {
    status = 503;
    code = "RECEIVER_BUSY";
    assertThatThrownBy(() -> link(harbour, mountain).deliver(NAME, FILE))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("503");
  }

  @Test
  void siteThatWasGivenUp_asks_isToldItsCard() throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve("harbour"));
    answer = keys.card().toFile();
    assertThat(link(retired, mountain).card()).isEqualTo(keys.card());
    assertThat(path).isEqualTo("GET /replica/v1/harbour/card");
  }

  @Test
  void cardThatIsNone_asked_isToBeAskedForAgain() {
    answer = new byte[] {1};
    assertThatThrownBy(() -> link(harbour, mountain).card()).isInstanceOf(LinkException.class);
    status = 404;
    code = "REPLICA_NAME_UNKNOWN";
    assertThatThrownBy(() -> link(harbour, mountain).card())
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("REPLICA_NAME_UNKNOWN");
  }

  @Test
  void siteThatWasGivenUp_isNeverCalled() {
    assertThatThrownBy(
            () ->
                new HttpSiblingLink(
                        PinnedTls.context(
                            harbour, stranger.certificate(), () -> List.of(mountain.certificate())),
                        List.of("127.0.0.1:" + server.getAddress().getPort()),
                        "harbour",
                        Duration.ofSeconds(20))
                    .deliver(NAME, FILE))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("the sibling's card");
    assertThat(path).isEmpty();
  }

  @Test
  void siblingThatHasLostSegments_isHeard_andAnEarlierVersionAsksForNone() throws Exception {
    ArchiveName other = ArchiveName.segment(3, 9);
    answer = (NAME.text() + "\n" + other.text() + "\ncuts/x\n").getBytes(StandardCharsets.UTF_8);
    assertThat(link(harbour, mountain).lostSegments()).containsExactly(NAME, other);
    assertThat(path).isEqualTo("GET /replica/v1/harbour/lost");
    answer = new byte[0];
    assertThat(link(harbour, mountain).lostSegments()).isEmpty();
    status = 404;
    code = HttpSiblingLink.NAME_UNKNOWN;
    assertThat(link(harbour, mountain).lostSegments()).isEmpty();
  }

  @Test
  void firstNodeDown_deliveredAgain_goesToTheNext() throws Exception {
    HttpSiblingLink link = link(harbour, mountain, "127.0.0.1:1");
    assertThatThrownBy(() -> link.deliver(NAME, FILE)).isInstanceOf(LinkException.class);
    assertThat(link.deliver(NAME, FILE)).isPresent();
  }
}
