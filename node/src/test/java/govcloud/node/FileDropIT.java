package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/** Two clouds that exchange only files, carried by couriers who lose some and bring some twice. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class FileDropIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  private Path folder;
  private TwoClouds clouds;
  private Courier there;
  private Courier back;
  private Client harbour;
  private Client mountain;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    clouds = new TwoClouds(folder, "");
    there = new Courier(out(TwoClouds.HARBOUR), in(TwoClouds.MOUNTAIN), 7);
    back = new Courier(out(TwoClouds.MOUNTAIN), in(TwoClouds.HARBOUR), 8);
    harbour = clouds.startHarbour(settings(TwoClouds.HARBOUR)).client();
    mountain = clouds.startMountain(settings(TwoClouds.MOUNTAIN)).client();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
    there.close();
    back.close();
  }

  private Path out(String cloud) {
    return folder.resolve(cloud).resolve("outbox");
  }

  private Path in(String cloud) {
    return folder.resolve(cloud).resolve("inbox");
  }

  private String settings(String cloud) {
    return """
    govcloud.replication {
      transport = file-drop, sibling-addresses = []
      file-drop { outbox = "%s", inbox = "%s", patience = 2s, interval = 200ms }
    }
    """
        .formatted(out(cloud), in(cloud));
  }

  private static JsonNode status(Client client) {
    return client.send("GET", "/v1/replication", null).json();
  }

  private void awaitReceipts(Client client) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode status = status(client);
              assertThat(status.path("records").asLong()).as(status.toString()).isZero();
              assertThat(status.path("receipted").asLong())
                  .isPositive()
                  .isEqualTo(status.path("archived").asLong());
            });
  }

  @Test
  @Order(1)
  void departments_whileCouriersLoseAndDouble_areAtTheSiblingWithReceipts() throws Exception {
    Set<String> registered = new TreeSet<>();
    for (int office = 0; office < 20; office++) {
      TwoClouds.register(harbour, "office-" + office);
      registered.add("tenant/office-" + office);
    }
    TwoClouds.register(mountain, "far");
    awaitReceipts(harbour);
    awaitReceipts(mountain);
    assertThat(there.lost() + back.lost()).as("lost").isPositive();
    assertThat(there.doubled() + back.doubled()).as("doubled").isPositive();
    assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN)).containsAll(registered);
    assertThat(clouds.entities(TwoClouds.MOUNTAIN, TwoClouds.HARBOUR)).contains("tenant/far");
    assertThat(status(harbour).path("transport").asText()).isEqualTo("file-drop");
  }

  @Test
  @Order(2)
  void attachment_whileCouriersLoseAndDouble_isAtTheSiblingWhichSaysSo() {
    String office = "/v1/tenants/office-0";
    assertThat(harbour.send("POST", office + "/activate", "{}", "If-Match", "\"1\"").status())
        .isEqualTo(200);
    var sent =
        harbour.send(
            "POST",
            office + "/attachments",
            "it goes on a disk",
            "Content-Type",
            "text/plain",
            "Idempotency-Key",
            "disk-1");
    assertThat(sent.status()).isEqualTo(201);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).blobs()).isEqualTo(1);
              JsonNode attachments = status(harbour).path("attachments");
              assertThat(attachments.path("missing").asInt(-1)).as(attachments.toString()).isZero();
            });
  }

  @Test
  @Order(3)
  void cut_byFiles_listsTheAttachmentAndIsCountersigned() {
    there.beCareful();
    back.beCareful();
    var answer = harbour.send("POST", "/v1/replication/cuts", null);
    assertThat(answer.status()).isEqualTo(202);
    String cut = "/v1/replication/cuts/" + answer.json().path("number").asLong();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.send("GET", cut, null).json().path("state").asText())
                    .isEqualTo("countersigned"));
    assertThat(harbour.send("GET", cut, null).json().path("attachments").asInt()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void replica_byFiles_isSoundWithManifests() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var report = clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN);
              assertThat(report.findings()).isEmpty();
              assertThat(report.manifests()).isPositive();
              assertThat(report.provedCuts()).isNotEmpty();
            });
  }

  @Test
  @Order(5)
  void folders_whenAllIsAnswered_holdNoFileOfTheHarbour() {
    awaitReceipts(harbour);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(segments(out(TwoClouds.HARBOUR))).isEmpty();
              assertThat(segments(in(TwoClouds.MOUNTAIN))).isEmpty();
            });
  }

  private static Set<String> segments(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("_harbour_segments_") && name.endsWith(".gseg"))
          .collect(Collectors.toSet());
    }
  }
}
