package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Segment;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.SiteDrain;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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

/**
 * A site that works is drained, released, drained again and moved; its nodes are real. What the
 * tool does in between is tried by SwitchOverCommandIT in recovery-tool.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SiteMoveIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String TENANT =
      """
      {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
       "division_code":"999999","disaster_class":"continuous","plan":"standard",
       "contacts":[{"name":"张三","role":"technical"}]}\
      """;

  private TwoClouds clouds;
  private Client harbour;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    clouds = new TwoClouds(folder, "");
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
    assertThat(register("first").status()).isEqualTo(201);
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private Client.Answer register(String tenant) {
    return harbour.send("PUT", "/v1/tenants/" + tenant, TENANT);
  }

  private JsonNode status() {
    return harbour.send("GET", "/v1/replication", null).json();
  }

  private SiteDrain drain() {
    return new SiteDrain(clouds.keys(TwoClouds.HARBOUR));
  }

  /** What `keys drain` notes. */
  private void deed(String action) throws Exception {
    new KeyDeeds(clouds.keys(TwoClouds.HARBOUR))
        .add(Instant.now(), action, TwoClouds.HARBOUR, "root");
  }

  private String audit(String action) {
    String path = "/v1/audit/records?action=" + action;
    String auditor = "zhao;role=audit-administrator";
    return harbour.send("GET", path, null, "Govcloud-Acting-As", auditor).json().toString();
  }

  /** The number of the final cut, once the sibling has countersigned it. */
  private long drained() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(status().path("state").asText()).isEqualTo("drained"));
    JsonNode status = status();
    assertThat(status.path("records").asLong()).isZero();
    assertThat(status.path("drained_since").asText()).startsWith("20");
    return status.path("last_cut").path("number").asLong();
  }

  private Cut received(long number) throws Exception {
    ArchiveName name = ArchiveName.cut(number);
    byte[] file =
        FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN)).read(name).orElseThrow();
    return Cut.verify(name, file, clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN));
  }

  @Test
  @Order(1)
  void siteDrained_refusesChanges_andItsFinalCutIsCountersigned() throws Exception {
    deed("site-drain");
    drain().begin(Instant.now());
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(register("first").code()).isEqualTo("SITE_DRAINED"));
    Client.Answer refused = register("refused");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("15");
    long number = drained();
    Cut cut = received(number);
    assertThat(cut.statement().getDrained()).isTrue();
    assertThat(recordsBehind(cut)).isZero();
    assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).isSound()).isTrue();
    assertThat(harbour.send("GET", "/v1/tenants/refused", null).status()).isEqualTo(404);
  }

  /** Records that the sibling has behind a cut. */
  private long recordsBehind(Cut cut) throws Exception {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    for (CutSlice slice : cut.statement().getSliceList()) {
      ends.put(slice.getSlice(), slice.getSegment());
    }
    ArchiveStore store = FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN));
    long records = 0;
    for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
      if (name.number() > ends.getOrDefault(name.slice(), 0L)) {
        byte[] file = store.read(name).orElseThrow();
        records +=
            Segment.verify(name, file, clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                .statement()
                .getRecords();
      }
    }
    return records;
  }

  @Test
  @Order(2)
  void siteRestarted_staysDrained() throws Exception {
    clouds.stopHarbour();
    harbour = clouds.startHarbour().client();
    assertThat(register("refused").code()).isEqualTo("SITE_DRAINED");
    drained();
  }

  @Test
  @Order(3)
  void siteReleased_worksOn_andDrainedAgain_makesAnotherFinalCut() throws Exception {
    long before = status().path("last_cut").path("number").asLong();
    deed("site-release");
    drain().end();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(register("released").status()).isEqualTo(201));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(audit("site-drain")).contains("machine:root");
              assertThat(audit("site-release")).contains("machine:root");
            });
    drain().begin(Instant.now());
    long number = drained();
    assertThat(number).isGreaterThan(before);
    assertThat(received(number).statement().getRecords())
        .isGreaterThan(received(before).statement().getRecords());
    assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN)).contains("tenant/released");
  }

  @Test
  @Order(4)
  void siteMoved_isFenced_andHasNoOrphan() throws Exception {
    moveAway();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(status().path("state").asText()).isEqualTo("fenced");
              assertThat(status().path("given_up").path("orphans").asInt(-1)).isZero();
            });
    assertThat(register("late").code()).isEqualTo("SITE_FENCED");
  }

  /** What `keys hold`, `recover switch-over` and `keys trust` do. */
  private void moveAway() throws Exception {
    KeyFolder old = clouds.keys(TwoClouds.HARBOUR);
    KeyFolder sibling = clouds.keys(TwoClouds.MOUNTAIN);
    sibling.hold(TwoClouds.HARBOUR);
    CloudCard card = sibling.sibling(TwoClouds.HARBOUR);
    ArchiveStore received = FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN));
    TreeMap<Integer, Long> last = new TreeMap<>();
    for (ArchiveName name : received.list(StatementKind.SEGMENT)) {
      last.merge(name.slice(), name.number(), Math::max);
    }
    KeyFolder fresh = new KeyFolder(folder.resolve("new-site"));
    try (Stream<Path> shares = Files.list(clouds.shares(TwoClouds.HARBOUR));
        RecoverySecrets secrets =
            RecoverySecrets.join(card.recovery(), shares.sorted().limit(2).toList())) {
      long cut = received.last(StatementKind.CUT, 0).orElseThrow().number();
      long manifest = received.last(StatementKind.MANIFEST, 0).orElseThrow().number();
      fresh.recover(
          card, secrets, old.grants(), new SiteEnd(last, manifest, cut), new SecureRandom());
    }
    sibling.trust(CloudCard.parse(fresh.card().toFile()));
  }
}
