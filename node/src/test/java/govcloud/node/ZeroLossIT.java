package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.node.http.Client;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a caller hears whose change must not be lost, from two clouds on a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ZeroLossIT {

  private static final String PATH = "/v1/tenants/harbour-office";
  private static final String REPLICATED = "Govcloud-Replicated";

  private TwoClouds clouds;
  private Client harbour;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "govcloud.replication.zero-loss.limit = 4s");
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private Client.Answer register() {
    return harbour.send(
        "PUT",
        PATH,
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"zero_loss","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}""",
        "Govcloud-Disaster-Class",
        "zero_loss",
        "Idempotency-Key",
        "register");
  }

  private Client.Answer step(String step, String body, String key) {
    return harbour.send("POST", PATH + step, body, "If-Match", "*", "Idempotency-Key", key);
  }

  private long recordsAtTheSibling() throws Exception {
    return new ReplicaVerifier(
            FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN)),
            FileSystemBlobStore.open(clouds.received(TwoClouds.MOUNTAIN)),
            clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
        .verify(ReplicaAnchor.NONE)
        .records();
  }

  @Test
  void zeroLossDepartment_siblingThereAwayAndBack_hearsWhatIsTrue() throws Exception {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(register().header(REPLICATED)).isEqualTo("yes"));
    assertThat(recordsAtTheSibling()).isPositive();
    // A class that was just given holds everywhere after two seconds.
    Thread.sleep(2_100);
    var activated = step("/activate", null, "activate");
    assertThat(activated.status()).isEqualTo(200);
    assertThat(activated.header(REPLICATED)).isEqualTo("yes");

    clouds.stopMountain();
    var suspended = step("/suspend", "{\"reason\":\"audit\"}", "suspend");
    assertThat(suspended.code()).isEqualTo("NOT_YET_REPLICATED");
    assertThat(suspended.json().path("version").asLong()).isEqualTo(3);
    assertThat(step("/resume", null, "resume").code()).isEqualTo("SIBLING_AWAY");
    assertThat(harbour.send("GET", PATH, null).json().path("status").asText())
        .isEqualTo("suspended");

    clouds.startMountain();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(step("/suspend", "{\"reason\":\"audit\"}", "suspend").header(REPLICATED))
                    .isEqualTo("yes"));
    var resumed = step("/resume", null, "resume");
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.header(REPLICATED)).isEqualTo("yes");
  }
}
