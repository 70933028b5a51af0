package govcloud.node;

import static govcloud.node.TwoClouds.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sibling whose disk has lost segments in the middle notices, asks, and has them again. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class MendingIT {
  private static final Duration SOON = Duration.ofSeconds(100);
  private static final int CUTS = 4;

  private TwoClouds clouds;
  private Client harbour;
  private Client mountain;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds =
        new TwoClouds(
            folder, "govcloud.replication { attachment-interval = 2s, audit.interval = 15s }");
    harbour = clouds.startHarbour().client();
    mountain = clouds.startMountain().client();
    TwoClouds.register(harbour, "port");
    // Each cut ends a segment in every slice.
    for (int cut = 0; cut < CUTS; cut++) {
      TwoClouds.awaitCountersigned(
          harbour,
          harbour.send("POST", "/v1/replication/cuts", null).json().path("number").asLong());
    }
    TwoClouds.awaitState(harbour, "in_step");
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private Path received(ArchiveName name) {
    return clouds.received(TwoClouds.MOUNTAIN).resolve(name.text());
  }

  private byte[] atHome(ArchiveName name) throws Exception {
    return FileSystemArchiveStore.open(clouds.archive(TwoClouds.HARBOUR)).read(name).orElseThrow();
  }

  private static List<JsonNode> alarms(Client cloud, String kind) {
    JsonNode items = cloud.send("GET", "/v1/replication/alarms", null).json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(alarm -> alarm.path("kind").asText().equals(kind))
        .toList();
  }

  private void awaitWrittenDown(Client cloud, String kind) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(alarms(cloud, kind))
                    .singleElement()
                    .satisfies(alarm -> assertThat(alarm.has("until")).isTrue()));
  }

  private void hurt(ArchiveName lost, ArchiveName damaged) throws Exception {
    byte[] bytes = Files.readAllBytes(received(damaged));
    bytes[bytes.length / 2] ^= 1;
    Files.write(received(damaged), bytes);
    Files.delete(received(lost));
    Files.delete(received(ArchiveName.receipt(lost.slice(), lost.number())));
  }

  @Test
  void lostAndDamagedInTheMiddle_areSeen_andPutBackAsTheyWere() throws Exception {
    ArchiveName lost = ArchiveName.segment(0, 2);
    ArchiveName damaged = ArchiveName.segment(1, 2);
    hurt(lost, damaged);
    JsonNode segments =
        mountain
            .send("GET", "/v1/replication/segments?slice=0&received=true", null)
            .json()
            .path("items");
    assertThat(segments.toString()).contains("REPLICA_MISSING " + lost);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(status(mountain).path("lost_here").path("segments").asLong())
                    .isPositive());
    TwoClouds.awaitState(harbour, "mending");
    assertThat(status(harbour).path("would_lose").path("en").asText()).contains("has lost");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.send("GET", "/v1/attention", null).json().toString())
                    .contains("SIBLING_DAMAGED"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(received(lost)).hasBinaryContent(atHome(lost));
              assertThat(received(damaged)).hasBinaryContent(atHome(damaged));
            });
    TwoClouds.awaitState(harbour, "in_step");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(status(mountain).has("lost_here")).isFalse());
    assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings()).isEmpty();
    awaitWrittenDown(mountain, "RECEIVED_DAMAGED");
    awaitWrittenDown(harbour, "SIBLING_DAMAGED");
  }
}
