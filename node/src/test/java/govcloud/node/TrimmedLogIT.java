package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import govcloud.node.http.Client;
import govcloud.protobuf.journal.v1.Record;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Old rows leave Cassandra when chunks, views, the own archive and the sibling have them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TrimmedLogIT {
  private static final Duration SOON = Duration.ofSeconds(100);

  /** Looks for something to trim after which it would have been found. */
  private static final Duration LOOKS = Duration.ofSeconds(3);

  private static final int KEPT = 2;
  private static final String PORT = "tenant/port";
  private static final long RECORDS = 9;
  private static final String TRIMMING =
      """
      govcloud.journal {
        tick = 100ms, chunk-quiet = 300ms, chunk-age = 1s
        trim { enabled = on, keep = %d, interval = 300ms }
      }
      govcloud.replication.cut.time = ""
      """
          .formatted(KEPT);

  private TwoClouds clouds;
  private Client harbour;
  private StoredLog log;
  private int slice;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "");
    startHarbour();
    log = new StoredLog(clouds.keyspace(TwoClouds.HARBOUR));
    slice = clouds.harbour().context().journal().slices().sliceOf(PORT);
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

  private void startHarbour() throws Exception {
    harbour = clouds.startHarbour(TRIMMING).client();
  }

  private Client.Answer rename(long version) {
    return harbour.send(
        "PATCH",
        "/v1/tenants/port",
        "{\"name\":{\"zh\":\"市港务局\",\"en\":\"Harbour Office %d\"}}".formatted(version + 1),
        "If-Match",
        "\"" + version + "\"");
  }

  private long watermark() {
    Row row =
        log.session()
            .execute(
                "SELECT log_offset FROM "
                    + clouds.keyspace(TwoClouds.HARBOUR)
                    + ".watermark WHERE slice = ?",
                slice)
            .one();
    return row == null ? 0 : row.getLong("log_offset");
  }

  /** Offset of the row in which the slowest view of the slice is. */
  private long slowestView() {
    List<Row> rows =
        log.session()
            .execute(
                "SELECT position FROM "
                    + clouds.keyspace(TwoClouds.HARBOUR)
                    + ".projection_positions WHERE slice = ?",
                slice)
            .all();
    return rows.stream()
        .mapToLong(row -> Position.of(row.getLong("position")).offset())
        .min()
        .orElse(-1);
  }

  private static long rowOf(SortedMap<Long, Batch> rows, long sequence) {
    return rows.entrySet().stream()
        .filter(
            row ->
                row.getValue().entries().stream()
                    .anyMatch(
                        entry ->
                            entry.entityId().equals(PORT)
                                && entry.record().getSequence() == sequence))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private List<Long> archived(Path archive) throws Exception {
    return clouds.records(archive, TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).stream()
        .filter(record -> record.getEntityId().equals(PORT))
        .map(Record::getSequence)
        .toList();
  }

  private static Long[] sequences(long last) {
    return LongStream.rangeClosed(1, last).boxed().toArray(Long[]::new);
  }

  /** Everybody at home is past a row: only the sibling can still hold it. */
  private void awaitNothingAtHomeHolds(long last) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(log.chunks(PORT))
                  .anyMatch(chunk -> chunk.getLong("to_sequence") == RECORDS);
              assertThat(watermark()).isGreaterThan(last);
              assertThat(slowestView()).isGreaterThanOrEqualTo(last);
              assertThat(archived(clouds.archive(TwoClouds.HARBOUR)))
                  .containsExactly(sequences(RECORDS));
            });
  }

  @Test
  void rowsLeave_whenTheSiblingHasSignedForThem_andNobodyMissesThem() throws Exception {
    TwoClouds.register(harbour, "port");
    for (long version = 1; version < RECORDS; version++) {
      assertThat(rename(version).status()).isEqualTo(200);
    }
    SortedMap<Long, Batch> whole = log.rows(slice);
    long last = rowOf(whole, RECORDS);
    awaitNothingAtHomeHolds(last);
    await()
        .during(LOOKS)
        .atMost(LOOKS.multipliedBy(2))
        .untilAsserted(
            () ->
                assertThat(log.rows(slice).values())
                    .as("trimmed without the sibling's receipt")
                    .noneMatch(row -> row.trimmedRecords() > 0));
    clouds.startMountain();
    long first = rowOf(whole, 1);
    long end = rowOf(whole, RECORDS - KEPT);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(log.rows(slice).subMap(first, end).values())
                    .as("offsets %s to %s, last %s", first, end, last)
                    .allMatch(row -> row.entries().isEmpty()));
    assertThat(TwoClouds.status(harbour).path("receipted").asLong()).isPositive();
    requireSameChain(whole);
    requireNobodyMissesThem();
  }

  /** Each row keeps its place and its hash; the newest keep their records. */
  private void requireSameChain(SortedMap<Long, Batch> whole) {
    SortedMap<Long, Batch> left = log.rows(slice);
    whole.forEach((offset, row) -> assertThat(left.get(offset).hash()).isEqualTo(row.hash()));
    assertThat(left.get(left.lastKey()).trimmedRecords()).isZero();
  }

  private void requireNobodyMissesThem() throws Exception {
    log.session()
        .execute(
            "DELETE FROM " + clouds.keyspace(TwoClouds.HARBOUR) + ".snapshot WHERE entity = ?",
            PORT);
    clouds.stopHarbour();
    startHarbour();
    assertThat(rename(RECORDS - 1).status()).as("an older version").isEqualTo(412);
    assertThat(rename(RECORDS).status()).isEqualTo(200);
    long cut = harbour.send("POST", "/v1/replication/cuts", null).json().path("number").asLong();
    TwoClouds.awaitCountersigned(harbour, cut);
    for (Path archive :
        List.of(clouds.archive(TwoClouds.HARBOUR), clouds.received(TwoClouds.MOUNTAIN))) {
      assertThat(archived(archive)).containsExactly(sequences(RECORDS + 1));
    }
    assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings()).isEmpty();
    assertThat(harbour.send("POST", "/v1/replication/verification", "{}").status()).isEqualTo(202);
    await()
        .atMost(SOON)
        .until(
            () -> harbour.send("GET", "/v1/replication/verification", null).json(),
            report -> report.path("state").asText().equals("sound"));
  }
}
