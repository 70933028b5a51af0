package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.node.http.Client;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobCheck;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.keys.ReaderGrants;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.reading.HttpsArchive;
import govcloud.replication.reading.HttpsArchiveStore;
import govcloud.replication.reading.HttpsBlobStore;
import govcloud.replication.reading.Retries;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attachments of a cloud on their way to its sibling, on a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AttachmentReplicationIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private TwoClouds clouds;
  private Client harbour;
  private Client mountain;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "govcloud.replication.attachment-interval = 2s");
    harbour = clouds.startHarbour().client();
    mountain = clouds.startMountain().client();
    String body =
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}\
        """;
    assertThat(harbour.send("PUT", "/v1/tenants/port", body).status()).isEqualTo(201);
    var activated = harbour.send("POST", "/v1/tenants/port/activate", "{}", "If-Match", "\"1\"");
    assertThat(activated.status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private BlobAddress upload(String text) {
    var answer =
        harbour.send(
            "POST",
            "/v1/tenants/port/attachments",
            text,
            "Content-Type",
            "text/plain",
            "Idempotency-Key",
            "upload-" + text.length());
    assertThat(answer.status()).isEqualTo(201);
    return BlobAddress.parse(answer.json().path("address").asText()).orElseThrow();
  }

  private JsonNode cut(long number) {
    return harbour.send("GET", "/v1/replication/cuts/" + number, null).json();
  }

  private void awaitAtMountain(BlobAddress address) throws Exception {
    BlobStore received = FileSystemBlobStore.open(clouds.received(TwoClouds.MOUNTAIN));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        BlobCheck.verify(
                            received, address, clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN)))
                    .isEmpty());
    Path home = clouds.archive(TwoClouds.HARBOUR).resolve(address.name());
    assertThat(clouds.received(TwoClouds.MOUNTAIN).resolve(address.name()))
        .hasSameBinaryContentAs(home);
  }

  @Test
  @Order(1)
  void attachment_sent_isAtTheSiblingByteForByteAndCannotBeReadThere() throws Exception {
    BlobAddress address = upload("the harbour master agrees");
    awaitAtMountain(address);
    byte[] kept = Files.readAllBytes(clouds.received(TwoClouds.MOUNTAIN).resolve(address.name()));
    assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("harbour master");
  }

  @Test
  @Order(2)
  void cut_made_listsItAndIsCountersigned() throws Exception {
    BlobAddress address = upload("and so does the mayor, twice");
    long number = harbour.send("POST", "/v1/replication/cuts", null).json().path("number").asLong();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(cut(number).path("state").asText()).isEqualTo("countersigned"));
    assertThat(cut(number).path("attachments").asInt()).isEqualTo(2);
    awaitAtMountain(address);
  }

  @Test
  @Order(3)
  void siblingAwayWhileItCame_backAgain_getsIt() throws Exception {
    clouds.stopMountain();
    BlobAddress address = upload("sent while nobody was there to take it");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode status = status();
              assertThat(status.path("attachments").path("missing").asInt()).isEqualTo(1);
              assertThat(status.path("would_lose").path("en").asText()).contains("1 attachment (");
              assertThat(attention()).contains("ATTACHMENT_MISSING");
            });
    mountain = clouds.startMountain().client();
    awaitAtMountain(address);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(status().path("attachments").path("missing").asInt(-1)).isZero();
              assertThat(attention()).doesNotContain("ATTACHMENT_MISSING");
            });
  }

  private JsonNode status() {
    return harbour.send("GET", "/v1/replication", null).json();
  }

  private String attention() {
    return harbour.send("GET", "/v1/attention", null).json().toString();
  }

  @Test
  @Order(4)
  void siblingThatLostOne_asked_getsItAgain() throws Exception {
    BlobAddress address = upload("this one will be lost by the sibling once");
    awaitAtMountain(address);
    Path file = clouds.received(TwoClouds.MOUNTAIN).resolve(address.name());
    Files.delete(file);
    awaitAtMountain(address);
  }

  @Test
  @Order(5)
  void readerWithGrant_readsTheReplica_overHttps_andNothingElse(@TempDir Path readers)
      throws Exception {
    KeyFolder keys = clouds.keys(TwoClouds.MOUNTAIN);
    ReaderGrants grants = new ReaderGrants(keys);
    grant(grants, readers.resolve("li"), Duration.ZERO);
    grant(grants, readers.resolve("zhang"), Duration.ofHours(1));
    LinkIdentity zhang = new KeyFolder(readers.resolve("zhang")).link();
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(ArchiveStoreException.class)
        .untilAsserted(
            () -> {
              ReplicaReport read = verify(zhang);
              assertThat(read.findings()).isEmpty();
              assertThat(read.segments()).isPositive();
              assertThat(read.blobs()).isEqualTo(4);
              assertThat(read.provedCuts()).contains(1L);
            });
    assertNotRead(new KeyFolder(readers.resolve("li")).link(), "READER_EXPIRED");
    assertNotRead(clouds.keys(TwoClouds.HARBOUR).link(), "READER_REFUSED");
    assertThatThrownBy(
            () -> link(zhang).deliver(ArchiveName.segment(0, 1), ByteString.copyFromUtf8("x")))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("READER_REFUSED"));
    grants.end("zhang");
    await().atMost(SOON).untilAsserted(() -> assertNotRead(zhang, "keys reader"));
    assertThat(audit("replica-read"))
        .contains("reader:zhang", "READER_EXPIRED", "READER_REFUSED", "127.0.0.1");
  }

  private static void grant(ReaderGrants grants, Path into, Duration time) throws Exception {
    Instant now = Instant.now();
    String name = into.getFileName().toString();
    grants.grant(TwoClouds.HARBOUR, name, into, now, now.plus(time), new SecureRandom());
  }

  private SSLContext tls(LinkIdentity reader) throws Exception {
    return PinnedTls.context(reader, clouds.keys(TwoClouds.MOUNTAIN).link().certificate());
  }

  private HttpSiblingLink link(LinkIdentity reader) throws Exception {
    List<String> addresses = List.of(clouds.replicaAddress(TwoClouds.MOUNTAIN));
    return new HttpSiblingLink(tls(reader), addresses, TwoClouds.HARBOUR, Duration.ofSeconds(20));
  }

  private HttpsArchive line(LinkIdentity reader) throws Exception {
    return new HttpsArchive(
        tls(reader),
        List.of(clouds.replicaAddress(TwoClouds.MOUNTAIN)),
        TwoClouds.HARBOUR,
        new Retries(Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofMillis(200), 3));
  }

  private ReplicaReport verify(LinkIdentity reader) throws Exception {
    HttpsArchive line = line(reader);
    return new ReplicaVerifier(
            new HttpsArchiveStore(line),
            new HttpsBlobStore(line),
            clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
        .verify(ReplicaAnchor.NONE);
  }

  private void assertNotRead(LinkIdentity caller, String why) {
    assertThatThrownBy(() -> new HttpsArchiveStore(line(caller)).read(ArchiveName.manifest(1)))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class,
            e -> assertThat(e.defect()).isEqualTo(ArchiveDefect.ARCHIVE_REFUSED))
        .hasMessageContaining(why);
  }

  private String audit(String action) {
    return mountain
        .send(
            "GET",
            "/v1/audit/records?action=" + action,
            null,
            "Govcloud-Acting-As",
            "zhao;role=audit-administrator")
        .json()
        .toString();
  }
}
