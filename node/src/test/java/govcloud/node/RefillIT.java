package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.node.http.Client;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sibling whose disk is gone gets its replica again when an operator says so. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RefillIT {
  private static final Duration SOON = Duration.ofSeconds(100);

  private TwoClouds clouds;
  private Client harbour;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "govcloud.replication.attachment-interval = 2s");
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
    TwoClouds.register(harbour, "port");
    var activated = harbour.send("POST", "/v1/tenants/port/activate", "{}", "If-Match", "\"1\"");
    assertThat(activated.status()).isEqualTo(200);
    var uploaded =
        harbour.send(
            "POST",
            "/v1/tenants/port/attachments",
            "kept by both",
            "Content-Type",
            "text/plain",
            "Idempotency-Key",
            "upload-1");
    assertThat(uploaded.status()).isEqualTo(201);
    long cut = harbour.send("POST", "/v1/replication/cuts", null).json().path("number").asLong();
    TwoClouds.awaitCountersigned(harbour, cut);
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private List<ArchiveName> received() throws Exception {
    return FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN))
        .list(StatementKind.SEGMENT);
  }

  private Client.Answer refill(String query) {
    return harbour.send(
        "POST", "/v1/replication/refill" + query, null, "Idempotency-Key", "refill" + query);
  }

  private long lastCut() throws Exception {
    return FileSystemArchiveStore.open(clouds.archive(TwoClouds.HARBOUR))
        .last(StatementKind.CUT, 0)
        .orElseThrow()
        .number();
  }

  private void awaitSuccess(String operation) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.send("GET", operation, null).json().path("status").asText())
                    .isEqualTo("succeeded"));
  }

  @Test
  void replicaLost_isTold_andFilledAgainOnlyWhenAskedFor(@TempDir Path lost) throws Exception {
    TwoClouds.awaitState(harbour, "in_step");
    assertThat(refill("").code()).isEqualTo("REFILL_NOT_NEEDED");
    clouds.stopMountain();
    Path folder = clouds.received(TwoClouds.MOUNTAIN);
    Files.move(folder, lost.resolve("received"));
    clouds.startMountain();
    TwoClouds.register(harbour, "housing");
    TwoClouds.awaitState(harbour, "lost");
    assertThat(TwoClouds.status(harbour).path("missing").asLong()).isPositive();
    assertThat(TwoClouds.status(harbour).path("would_lose").path("en").asText())
        .contains("has lost its replica");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.send("GET", "/v1/attention", null).json().toString())
                    .contains("SIBLING_LOST"));
    assertThat(received()).isEmpty();
    long newest = lastCut() + 1;
    assertThat(refill("?dry_run=true").status()).isEqualTo(202);
    var begun = refill("");
    assertThat(begun.status()).isEqualTo(202);
    awaitSuccess("/v1/operations/" + begun.json().path("operation").asText());
    TwoClouds.awaitState(harbour, "in_step");
    assertThat(TwoClouds.status(harbour).path("missing").asLong()).isZero();
    TwoClouds.awaitCountersigned(harbour, newest);
    assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings()).isEmpty();
    assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).provedCuts()).contains(newest);
    assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
        .contains("tenant/port", "tenant/housing");
  }
}
