package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import govcloud.node.http.Client;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
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

/** Two clouds on a real Cassandra: what one stores is at the other seconds later. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplicationIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private TwoClouds clouds;
  private Client harbour;
  private Client mountain;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "");
    harbour = clouds.startHarbour().client();
    mountain = clouds.startMountain().client();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private static void register(Client client, String tenant) {
    String body =
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}""";
    assertThat(client.send("PUT", "/v1/tenants/" + tenant, body).status()).isEqualTo(201);
  }

  /** Entities in what a cloud has received, opened with the keys of the cloud that sent it. */
  private Set<String> entities(String origin, String receiver) throws Exception {
    ArchiveStore store = FileSystemArchiveStore.open(clouds.received(receiver));
    Set<String> entities = new TreeSet<>();
    try (EpochKeys keys = clouds.keys(origin).epoch()) {
      SegmentReader reader = new SegmentReader(keys);
      for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
        byte[] file = store.read(name).orElseThrow();
        Segment segment = Segment.verify(name, file, clouds.trust(origin, receiver));
        for (String tenant : Set.of("harbour-office", "second", "third", "far")) {
          for (ByteString record : reader.records(segment, tenant)) {
            entities.add(Record.parseFrom(record).getEntityId());
          }
        }
      }
    }
    return entities;
  }

  private ReplicaReport verify(String origin, String receiver) throws Exception {
    return new ReplicaVerifier(
            FileSystemArchiveStore.open(clouds.received(receiver)), clouds.trust(origin, receiver))
        .verify(ReplicaAnchor.NONE);
  }

  @Test
  @Order(1)
  void department_registered_isAtTheSiblingSoonAndVerifiable() {
    register(harbour, "harbour-office");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .contains("tenant/harbour-office"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              ReplicaReport report = verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN);
              assertThat(report.findings()).isEmpty();
              assertThat(report.receipts()).isPositive();
              assertThat(report.manifests()).isPositive();
            });
  }

  @Test
  @Order(2)
  void sibling_isHomeCloudItselfAtTheSameTime() {
    register(mountain, "far");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(entities(TwoClouds.MOUNTAIN, TwoClouds.HARBOUR)).contains("tenant/far"));
  }

  @Test
  @Order(3)
  void siblingAwayThenWithoutSpace_backAgain_hasEverything() throws Exception {
    clouds.stopMountain();
    register(harbour, "second");
    register(harbour, "third");
    clouds.startMountain("govcloud.replication.received-reserve = 1024 TiB");
    await()
        .pollDelay(Duration.ofSeconds(3))
        .untilAsserted(
            () ->
                assertThat(entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .as("taken in without space")
                    .doesNotContain("tenant/second"));
    clouds.stopMountain();
    clouds.startMountain();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .contains("tenant/second", "tenant/third"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings()).isEmpty());
  }
}
