package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobCheck;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "govcloud.replication.attachment-interval = 2s");
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
    String body =
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}""";
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
    clouds.startMountain();
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
}
