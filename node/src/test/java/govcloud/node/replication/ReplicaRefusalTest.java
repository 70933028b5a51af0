package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaLimits;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.keys.ReaderGrants;
import govcloud.replication.keys.SiteAddress;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.reading.ReadingDoor;
import govcloud.replication.receiving.KeyReceiver;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.receiving.VaultReceiver;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong file is sent to the real listener over HTTPS: what it answers, and that it lives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicaRefusalTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private Path folder;
  private KeyFolder harbour;
  private KeyFolder mountain;
  private ReplicaTrust trust;
  private SSLContext tls;
  private HttpClient client;
  private WrongFiles files;
  private int port;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    harbour = keys("harbour");
    mountain = keys("mountain");
    mountain.trust(harbour.card());
    List<TrustedKey> trusted = new ArrayList<>(harbour.signingKeys());
    trusted.addAll(mountain.signingKeys());
    trust =
        new ReplicaTrust(
            "harbour", "mountain", new TrustedKeys(trusted), Set.of(harbour.recovery().key().id()));
    tls = PinnedTls.context(harbour.link(), mountain.link().certificate());
    client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    files = new WrongFiles(harbour, mountain.signing(), trust);
    port = listen("received", new ReceivedQuota("harbour", 0), 0);
    for (WrongFiles.Sent right : files.right()) {
      var answer = send(port, right);
      assertThat(answer.statusCode()).as("%s: %s", right.name(), answer.body()).isEqualTo(200);
    }
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  private KeyFolder keys(String cloud) throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve(cloud));
    KeyCeremony.init(keys, cloud, folder.resolve(cloud + "-shares"), 2, 2, new SecureRandom());
    return keys;
  }

  /** Whoever was given up is told where its cloud is now, if officers have said so. */
  @Test
  void addressOfTheCloud_isTold_onceOfficersHaveSaidIt() throws Exception {
    HttpSiblingLink link =
        new HttpSiblingLink(tls, List.of("127.0.0.1:" + port), "harbour", Duration.ofSeconds(20));
    assertThat(link.address()).isEmpty();
    SiteAddress address = SiteAddress.of(mountain, "harbour");
    address.keep("https://gov.harbour.example:8443");
    assertThat(link.address()).contains("https://gov.harbour.example:8443");
    address.keep("ftp://elsewhere");
    assertThatThrownBy(link::address).isInstanceOf(LinkException.class).hasMessageContaining("503");
  }

  private ReplicaIntake intake(
      String name,
      FileSystemArchiveStore store,
      FileSystemBlobStore blobs,
      KeySuccession succession,
      ReceivedQuota quota,
      long reserve)
      throws Exception {
    var signing = mountain.signing();
    Clock clock = Clock.systemUTC();
    return new ReplicaIntake(
        new Receiver(store, store, trust, () -> signing, clock),
        new Countersigner(
            store, blobs, trust, () -> signing, folder.resolve(name + "-checkpoint"), clock),
        new KeyReceiver(store, succession, trust.keys()),
        new VaultReceiver(store, store, trust),
        new BlobReceiver(blobs, trust),
        folder.resolve(name),
        reserve,
        quota,
        OpenTelemetry.noop().getMeter("test").counterBuilder("received").build(),
        List::of);
  }

  private int listen(String name, ReceivedQuota quota, long reserve) throws Exception {
    Readers readers = new Readers(new ReaderGrants(mountain), "harbour");
    var succession = new KeySuccession(mountain, "harbour");
    var certificate = harbour.link().certificate();
    SSLContext server = PinnedTls.context(mountain.link(), certificate);
    var sibling =
        new SiblingCloud("harbour", trust, trust, succession, certificate, server, readers);
    var store = FileSystemArchiveStore.open(folder.resolve(name));
    var blobs = FileSystemBlobStore.open(folder.resolve(name));
    var intake = intake(name, store, blobs, succession, quota, reserve);
    Clock clock = Clock.systemUTC();
    var trail =
        new ReadingTrail("harbour", record -> CompletableFuture.completedStage(null), clock);
    var reading =
        new ReplicaReading(
            kit.system(), readers, new ReadingDoor(store, store, blobs), trail, clock);
    var settings =
        ReplicationSettings.from(
            ConfigFactory.parseString("govcloud.replication.port = 0")
                .withFallback(ReferenceKeys.reference())
                .resolve());
    return ReplicaListener.start(kit.system(), settings, sibling, intake, Optional::empty, reading)
        .toCompletableFuture()
        .get()
        .localAddress()
        .getPort();
  }

  private HttpResponse<String> send(int to, WrongFiles.Sent sent) throws Exception {
    return send(to, "PUT", "harbour/" + sent.name().text(), sent.file());
  }

  private HttpResponse<String> send(int to, String method, String path, byte[] body)
      throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + to + HttpSiblingLink.PATH + path);
    return client.send(
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.headers().firstValue(HttpSiblingLink.CODE)).as(answer.body()).hasValue(code);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
  }

  @ParameterizedTest
  @CsvSource({
    "segment: bit of the statement, 422, REPLICA_SIGNATURE_WRONG",
    "segment: bit of the content, 422, REPLICA_CHUNK_DAMAGED",
    "segment: unknown signer, 422, REPLICA_SIGNER_UNKNOWN",
    "segment: of another cloud, 422, REPLICA_CLOUD_WRONG",
    "segment: truncated, 422, REPLICA_TRUNCATED",
    "segment: bytes behind it, 422, REPLICA_TRAILING_BYTES",
    "segment: of another place, 422, REPLICA_MISPLACED",
    "segment: gap, 409, REPLICA_GAP",
    "segment: fork, 409, REPLICA_FORKED",
    "segment: a manifest, 422, REPLICA_KIND_WRONG",
    "segment: newer version, 422, REPLICA_VERSION_UNKNOWN",
    "segment: huge statement, 413, REPLICA_TOO_LARGE",
    "receipt, 422, REPLICA_KIND_WRONG",
    "vault: rolled back, 409, REPLICA_ROLLED_BACK",
    "manifest: bit of the statement, 422, REPLICA_SIGNATURE_WRONG",
    "manifest: names what is missing, 409, REPLICA_MISSING",
    "manifest: gap, 409, REPLICA_GAP",
    "manifest: fork, 409, REPLICA_FORKED",
    "manifest: of another cloud, 422, REPLICA_CLOUD_WRONG",
    "manifest: of another place, 422, REPLICA_MISPLACED",
    "cut: bit of the statement, 422, REPLICA_SIGNATURE_WRONG",
    "cut: bit of the content, 422, REPLICA_CHUNK_DAMAGED",
    "cut: names what is missing, 409, REPLICA_MISSING",
    "cut: gap, 409, REPLICA_GAP",
    "cut: fork, 409, REPLICA_FORKED",
    "cut: not what the segments tell, 422, REPLICA_MISMATCH",
    "cut: of another cloud, 422, REPLICA_CLOUD_WRONG",
    "cut: continues another one, 409, REPLICA_FORKED",
  })
  void wrongFile_isRefused_withStatusAndCode(String what, int status, String code)
      throws Exception {
    assertRefused(send(port, files.wrong(what)), status, code);
    var right = files.right().get(0);
    assertThat(send(port, right).statusCode()).as("what is right, afterwards").isEqualTo(200);
  }

  @Test
  void unknownOrigin_unknownName_andOtherMethod_areRefused() throws Exception {
    var right = files.right().get(0);
    String name = right.name().text();
    assertRefused(send(port, "PUT", "desert/" + name, right.file()), 404, "REPLICA_NAME_UNKNOWN");
    assertRefused(
        send(port, "PUT", "harbour/segments/x", right.file()), 404, "REPLICA_NAME_UNKNOWN");
    assertRefused(send(port, "POST", "harbour/" + name, right.file()), 405, "METHOD_NOT_ALLOWED");
  }

  @Test
  void beyondQuotaOrReserve_isRefused() throws Exception {
    ReceivedQuota used = new ReceivedQuota("harbour", 10);
    used.count(() -> 10);
    var right = files.right().get(0);
    assertRefused(send(listen("small", used, 0), right), 507, "RECEIVER_QUOTA_EXCEEDED");
    int full = listen("full", new ReceivedQuota("harbour", 0), Long.MAX_VALUE);
    assertRefused(send(full, right), 507, "RECEIVER_FULL");
  }

  /** The body never comes, so nobody has to read 128 MiB to hear it. */
  @Test
  void fileLargerThanAnyMayBe_isRefused_beforeItIsRead() throws Exception {
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      String head =
          "PUT "
              + HttpSiblingLink.PATH
              + "harbour/"
              + ArchiveName.segment(0, 3).text()
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\n"
              + "Content-Length: "
              + (ReplicaLimits.FILE + 1L)
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      StringBuilder answer = new StringBuilder();
      byte[] some = new byte[4096];
      while (answer.indexOf("REPLICA_TOO_LARGE") < 0) {
        int length = socket.getInputStream().read(some);
        assertThat(length).as("answered: %s", answer).isPositive();
        answer.append(new String(some, 0, length, StandardCharsets.US_ASCII));
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 413").contains("REPLICA_TOO_LARGE");
    }
  }
}
