package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import govcloud.node.http.Client;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

/** The auditor on a real Cassandra, of which rows are damaged on purpose. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class AuditIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private TwoClouds clouds;
  private Client harbour;
  private StoredLog log;
  private CqlSession session;
  private String keyspace;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds =
        new TwoClouds(
            folder,
            """
            govcloud.journal { chunk-quiet = 500ms, chunk-age = 1s }
            govcloud.replication.cut.time = ""
            """);
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
    for (int i = 0; i < 6; i++) {
      TwoClouds.register(harbour, "office-" + i);
    }
    keyspace = clouds.keyspace(TwoClouds.HARBOUR);
    log = new StoredLog(keyspace);
    session = log.session();
    await()
        .pollDelay(Duration.ofSeconds(3))
        .atMost(SOON)
        .untilAsserted(
            () -> {
              for (int i = 0; i < 6; i++) {
                assertThat(chunks("tenant/office-" + i)).isNotEmpty();
              }
            });
    awaitAllReceipted();
  }

  @AfterAll
  void stop() {
    if (log != null) {
      log.close();
    }
    if (clouds != null) {
      clouds.close();
    }
  }

  private List<Row> chunks(String entity) {
    return log.chunks(entity);
  }

  private void awaitAllReceipted() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode status = harbour.send("GET", "/v1/replication", null).json();
              assertThat(status.path("records").asLong()).isZero();
              assertThat(status.path("receipted").asLong())
                  .isPositive()
                  .isEqualTo(status.path("archived").asLong());
            });
  }

  private JsonNode audit() {
    var begun = harbour.send("POST", "/v1/replication/verification", "{}");
    assertThat(begun.status()).isEqualTo(202);
    String operation = "/v1/operations/" + begun.json().path("operation").asText();
    await()
        .atMost(SOON)
        .until(
            () ->
                List.of("succeeded", "failed")
                    .contains(harbour.send("GET", operation, null).json().path("status").asText()));
    await()
        .atMost(SOON)
        .until(
            () ->
                List.of("sound", "findings", "failed")
                    .contains(verification().path("state").asText()));
    return verification();
  }

  private JsonNode verification() {
    return harbour.send("GET", "/v1/replication/verification", null).json();
  }

  private static List<String> told(JsonNode report) {
    List<String> told = new ArrayList<>();
    report
        .path("findings")
        .forEach(one -> told.add(one.path("code").asText() + " " + one.path("name").asText()));
    return told;
  }

  private void write(String entity, Row key, ByteBuffer records, byte encoding) {
    session.execute(
        "INSERT INTO "
            + keyspace
            + ".chunk (entity, to_sequence, from_sequence, encoding, records)"
            + " VALUES (?, ?, ?, ?, ?)",
        entity,
        key.getLong("to_sequence"),
        key.getLong("from_sequence"),
        encoding,
        records);
  }

  private void assertRebuilt(String entity, Row before) {
    assertThat(chunks(entity))
        .anySatisfy(
            row -> {
              assertThat(row.getLong("to_sequence")).isEqualTo(before.getLong("to_sequence"));
              assertThat(row.getByteBuffer("records")).isEqualTo(before.getByteBuffer("records"));
            });
  }

  @Test
  @Order(1)
  void soundCloud_audited_isSound() {
    JsonNode report = audit();
    assertThat(told(report)).isEmpty();
    assertThat(report.path("state").asText()).isEqualTo("sound");
    assertThat(report.path("segments").asLong()).isPositive();
  }

  @Test
  @Order(2)
  void chunksTruncatedDeletedOrForeign_areFoundLocatedAndRebuilt() {
    Row truncated = chunks("tenant/office-0").get(0);
    ByteBuffer half = truncated.getByteBuffer("records");
    half.limit(half.limit() / 2);
    write("tenant/office-0", truncated, half, truncated.getByte("encoding"));
    Row deleted = chunks("tenant/office-1").get(0);
    session.execute("DELETE FROM " + keyspace + ".chunk WHERE entity = ?", "tenant/office-1");
    Row other = chunks("tenant/office-2").get(0);
    Row replaced = chunks("tenant/office-3").get(0);
    write("tenant/office-3", replaced, other.getByteBuffer("records"), other.getByte("encoding"));
    session.execute(
        "INSERT INTO "
            + keyspace
            + ".chunk (entity, to_sequence, from_sequence, encoding, records)"
            + " VALUES ('tenant/office-4', 99, 98, 0, 0x01)");
    JsonNode report = audit();
    assertThat(told(report))
        .containsExactlyInAnyOrder(
            "AUDIT_CHUNK_DIFFERENT entity tenant/office-0, sequence 1",
            "AUDIT_CHUNK_MISSING entity tenant/office-1, sequence 1",
            "AUDIT_CHUNK_DIFFERENT entity tenant/office-3, sequence 1",
            "AUDIT_CHUNK_FOREIGN entity tenant/office-4, sequence 98");
    assertRebuilt("tenant/office-0", truncated);
    assertRebuilt("tenant/office-1", deleted);
    assertRebuilt("tenant/office-3", replaced);
    assertThat(chunks("tenant/office-4")).noneMatch(row -> row.getLong("to_sequence") == 99);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.send("GET", "/v1/attention", null).json().toString())
                    .contains("AUDIT_DIFFERENCE", "tenant/office-1"));
    assertThat(told(audit())).isEmpty();
  }

  @Test
  @Order(3)
  void entityInTheChunksAlone_isReportedByItsId_andLeft() {
    String ghost = "tenant/ghost";
    Row other = chunks("tenant/office-2").get(0);
    write(ghost, other, other.getByteBuffer("records"), other.getByte("encoding"));
    assertThat(told(audit())).containsExactly("AUDIT_ENTITY_UNKNOWN entity " + ghost);
    assertThat(chunks(ghost)).as("removed by itself").hasSize(1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.send("GET", "/v1/attention", null).json().toString())
                    .contains("AUDIT_DIFFERENCE", ghost));
    session.execute("DELETE FROM " + keyspace + ".chunk WHERE entity = ?", ghost);
    assertThat(told(audit())).isEmpty();
  }

  @Test
  @Order(4)
  void recordChangedInAChunk_withRightForm_isFoundAtItsSequence() throws Exception {
    String entity = "tenant/office-5";
    Row row = chunks(entity).get(0);
    Chunk chunk = StoredLog.chunk(row.getByte("encoding"), row.getByteBuffer("records"));
    var first = chunk.entries().get(0);
    var changed =
        Entry.of(first.record().toBuilder().setPayload(ByteString.copyFromUtf8("other")).build());
    List<Entry> entries = new ArrayList<>(chunk.entries());
    entries.set(0, changed);
    write(
        entity, row, new Chunk(entity, entries).toBytes().asReadOnlyByteBuffer(), StoredLog.PLAIN);
    assertThat(told(audit()))
        .containsExactly("AUDIT_CHUNK_DIFFERENT entity " + entity + ", sequence 1");
    assertRebuilt(entity, row);
  }

  @Test
  @Order(5)
  void receiptAndSegment_damaged_areFoundByName() throws Exception {
    Path archive = clouds.archive(TwoClouds.HARBOUR);
    Path receipt = newest(archive.resolve("receipts"));
    byte[] whole = Files.readAllBytes(receipt);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(receipt, damaged);
    assertThat(told(audit()))
        .containsExactly("REPLICA_SIGNATURE_WRONG " + archive.relativize(receipt));
    Files.write(receipt, whole);
    Path segment = newest(archive.resolve("segments"));
    whole = Files.readAllBytes(segment);
    damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(segment, damaged);
    assertThat(told(audit()))
        .contains("REPLICA_CHUNK_DAMAGED " + archive.relativize(segment))
        .noneMatch(one -> one.startsWith("AUDIT"));
    Files.write(segment, whole);
    assertThat(told(audit())).isEmpty();
  }

  private static Path newest(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  @Test
  @Order(6)
  void logRowChangedOrDeleted_isFoundWithEntityAndSequence_andNothingIsRebuilt() {
    String entity = "tenant/office-2";
    Row place = rowOf(entity);
    int slice = place.getInt("slice");
    long offset = place.getLong("log_offset");
    String where = " WHERE slice = ? AND bucket = ? AND log_offset = ?";
    session.execute(
        "UPDATE " + keyspace + ".log SET content = 0x00, encoding = 0" + where,
        slice,
        place.getLong("bucket"),
        offset);
    session.execute("DELETE FROM " + keyspace + ".chunk WHERE entity = ?", entity);
    JsonNode report = audit();
    assertThat(told(report))
        .contains(
            "AUDIT_LOG_ROW_DIFFERENT slice "
                + slice
                + ", offset "
                + offset
                + ", entity "
                + entity
                + ", sequence 1",
            "AUDIT_CHUNK_MISSING entity " + entity + ", sequence 1");
    assertThat(chunks(entity)).as("written although log and archive differ").isEmpty();
    session.execute(
        "DELETE FROM " + keyspace + ".log" + where, slice, place.getLong("bucket"), offset);
    assertThat(told(audit()))
        .anyMatch(one -> one.startsWith("AUDIT_LOG_ROW_MISSING slice " + slice + ", offset "));
  }

  /** The log row that holds the first record of an entity. */
  private Row rowOf(String entity) {
    for (Row row :
        session.execute(
            "SELECT slice, bucket, log_offset, encoding, content FROM " + keyspace + ".log")) {
      if (StoredLog.batch(row.getByte("encoding"), row.getByteBuffer("content")).entries().stream()
          .anyMatch(entry -> entry.entityId().equals(entity))) {
        return row;
      }
    }
    throw new AssertionError("no row of " + entity);
  }
}
