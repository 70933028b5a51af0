package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.node.http.Client;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.replica.v1.DirectoryEntry;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

/** Cuts of a cloud that goes on working, countersigned by its sibling, on a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CutIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private TwoClouds clouds;
  private Client harbour;
  private final Set<String> tenants = new HashSet<>();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "");
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private int register(String tenant) {
    String body =
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}""";
    return harbour.send("PUT", "/v1/tenants/" + tenant, body).status();
  }

  private JsonNode cut(long number) {
    return harbour.send("GET", "/v1/replication/cuts/" + number, null).json();
  }

  private void awaitCountersigned(long number) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(cut(number).path("state").asText()).isEqualTo("countersigned"));
  }

  private static Cut read(ArchiveStore store, long number, TwoClouds clouds) throws Exception {
    ArchiveName name = ArchiveName.cut(number);
    return Cut.verify(
        name, store.read(name).orElseThrow(), clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN));
  }

  /** Where each entity ends, by the records with clocks up to one, wherever they lie. */
  private Map<String, ByteString> logAt(long clock) throws Exception {
    ArchiveStore store = FileSystemArchiveStore.open(clouds.archive(TwoClouds.HARBOUR));
    Map<String, ByteString> heads = new HashMap<>();
    try (EpochKeys keys = clouds.keys(TwoClouds.HARBOUR).epoch()) {
      SegmentReader reader = new SegmentReader(keys);
      for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
        Segment segment =
            Segment.verify(
                name,
                store.read(name).orElseThrow(),
                clouds.trust(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN));
        for (String tenant : reader.tenants(segment)) {
          tenants.add(tenant);
          for (ByteString bytes : reader.records(segment, tenant)) {
            Record record = Record.parseFrom(bytes);
            if (record.getHybridClock() <= clock) {
              heads.put(record.getEntityId(), ReplicaHash.of(bytes));
            }
          }
        }
      }
    }
    return heads;
  }

  private Map<String, ByteString> directory(Cut cut) throws Exception {
    Map<String, ByteString> heads = new HashMap<>();
    try (EpochKeys keys = clouds.keys(TwoClouds.HARBOUR).epoch()) {
      for (String tenant : tenants) {
        for (DirectoryEntry entry : cut.directory(keys, tenant).getEntityList()) {
          heads.put(entry.getEntityId(), entry.getChain());
        }
      }
    }
    return heads;
  }

  @Test
  @Order(1)
  void firstCut_isMadeUpForAtOnce_andCountersigned() {
    awaitCountersigned(1);
    assertThat(cut(1).path("keep_until").asText()).isNotEmpty();
  }

  @Test
  @Order(2)
  void cuts_whileDepartmentsAreRegistered_holdWhatWasThereAtTheirMoment() throws Exception {
    AtomicBoolean working = new AtomicBoolean(true);
    AtomicInteger registered = new AtomicInteger();
    var clerk =
        CompletableFuture.runAsync(
            () -> {
              while (working.get()) {
                assertThat(register("office-" + registered.get())).isEqualTo(201);
                registered.incrementAndGet();
              }
            });
    for (long number = 2; number <= 4; number++) {
      var answer = harbour.send("POST", "/v1/replication/cuts", null);
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().path("number").asLong()).isEqualTo(number);
      awaitCountersigned(number);
    }
    working.set(false);
    clerk.join();
    assertThat(registered.get()).isGreaterThan(3);
    ArchiveStore sibling = FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN));
    for (long number = 1; number <= 4; number++) {
      Cut cut = read(sibling, number, clouds);
      Map<String, ByteString> log = logAt(cut.statement().getClosedClock());
      assertThat(directory(cut)).as("cut %s", number).isEqualTo(log);
    }
    assertThat(directory(read(sibling, 4, clouds))).isNotEmpty();
  }

  @Test
  @Order(3)
  void replicaWithCuts_isSound_andProvesThem() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var report = clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN);
              assertThat(report.findings()).isEmpty();
              assertThat(report.provedCuts()).isEqualTo(List.of(1L, 2L, 3L, 4L));
            });
  }

  @Test
  @Order(4)
  void cutWhileTheSiblingIsAway_isSealed_andCountersignedWhenItIsBack() throws Exception {
    clouds.stopMountain();
    assertThat(register("lonely")).isEqualTo(201);
    harbour.send("POST", "/v1/replication/cuts", null);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cut(5).path("state").asText()).isEqualTo("sealed"));
    clouds.startMountain();
    awaitCountersigned(5);
    var list = harbour.send("GET", "/v1/replication/cuts?limit=2", null).json().path("items");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).path("number").asLong()).isEqualTo(5);
  }

  @Test
  @Order(5)
  void cutThatNobodyMade_isNotFound() {
    assertThat(harbour.send("GET", "/v1/replication/cuts/99", null).status()).isEqualTo(404);
  }
}
