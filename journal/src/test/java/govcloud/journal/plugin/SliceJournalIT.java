package govcloud.journal.plugin;

import static govcloud.journal.plugin.JournalNode.after;
import static govcloud.journal.plugin.JournalNode.chain;
import static govcloud.journal.plugin.JournalNode.one;
import static govcloud.journal.plugin.JournalNode.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.DamagedEntityException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.OutcomeUnknownException;
import govcloud.journal.Position;
import govcloud.journal.reader.PositionedRecord;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageFailure;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** Two nodes on one Cassandra: who hosts, who is fenced, what readers see. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SliceJournalIT {

  private final String keyspace = LocalCassandra.shared().newKeyspaceName("journal");
  private JournalNode node;
  private JournalNode other;
  private String entity;
  private int slice;
  private int slices;

  @BeforeAll
  void open() {
    node = new JournalNode(keyspace);
    other = new JournalNode(keyspace);
  }

  @AfterAll
  void close() {
    node.close();
    other.close();
  }

  /** A slice for each test, so that none is fenced by another's nodes. */
  @BeforeEach
  void choose(TestInfo test) {
    slice = slices++;
    entity = entityIn(slice, test.getTestMethod().orElseThrow().getName());
  }

  private String entityIn(int wanted, String name) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "case/harbour/permits/" + name + i)
        .filter(id -> node.slices.slices().sliceOf(id) == wanted)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void secondNode_recovers_andTheFirstIsFenced() {
    List<Record> records = chain(entity, 3);
    node.write(together(records.subList(0, 1)));
    assertThat(other.replay(entity).records()).isEqualTo(records.subList(0, 1));
    Object late = node.write(one(records.get(1))).get(1);
    assertThat(late).isInstanceOf(WriteMessageFailure.class);
    assertThat(((WriteMessageFailure) late).cause()).isInstanceOf(OutcomeUnknownException.class);
    Object cooling = node.write(one(records.get(1))).get(1);
    assertThat(((WriteMessageFailure) cooling).cause())
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(other.write(one(records.get(1))).get(1)).isInstanceOf(WriteMessageSuccess.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(node.replay(entity).records()).isEqualTo(records.subList(0, 2)));
    assertThat(node.write(one(records.get(2))).get(1)).isInstanceOf(WriteMessageSuccess.class);
  }

  @Test
  void sliceThatComesBackToAQuietNode_isServedAtOnce() {
    List<Record> records = chain(entity, 2);
    node.write(one(records.get(0)));
    other.write(one(records.get(1)));
    await().pollDelay(Duration.ofMillis(1_600)).until(() -> true);
    assertThat(node.replay(entity).records()).isEqualTo(records);
    assertThat(node.write(one(after(entity, records.get(1)))).get(1))
        .isInstanceOf(WriteMessageSuccess.class);
  }

  @Test
  void readers_onBothNodes_seeEveryRecordInOrder() {
    Queue<PositionedRecord> here = follow(node);
    Queue<PositionedRecord> there = follow(other);
    node.slices.onAdvanced(other.slices::wake);
    List<Record> records = chain(entity, 40);
    records.forEach(record -> node.write(one(record)));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(here)
                  .extracting(PositionedRecord::record)
                  .containsExactlyElementsOf(records);
              assertThat(there).containsExactlyElementsOf(here);
            });
    long last = List.copyOf(here).get(39).position();
    assertThat(node.slices.appliedPosition(slice)).isEqualTo(last);
    assertThat(current(other, Position.BEFORE_FIRST)).isEqualTo(List.copyOf(here));
    assertThat(current(other, last)).isEmpty();
    long middle = List.copyOf(here).get(19).position();
    assertThat(current(other, middle)).isEqualTo(List.copyOf(here).subList(20, 40));
  }

  @Test
  void reader_withoutNotification_findsRecordsByAsking() {
    Queue<PositionedRecord> there = follow(other);
    node.write(together(chain(entity, 2)));
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(there).hasSize(2));
  }

  @Test
  void chunks_holdEverything_andOtherNodesReadThem() {
    List<Record> records = chain(entity, 5);
    node.write(together(records.subList(0, 4)));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(chunks(entity)).isEqualTo(1));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(watermark()).isPositive());
    node.write(one(records.get(4)));
    assertThat(history(other)).isEqualTo(records);
    assertThat(other.replay(entity).records()).isEqualTo(records);
    assertThat(other.write(one(after(entity, records.get(4)))).get(1))
        .isInstanceOf(WriteMessageSuccess.class);
  }

  @Test
  void release_writesChunks_andTheNextHostStartsThere() {
    List<Record> records = chain(entity, 3);
    node.write(together(records));
    node.slices.release(slice);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(watermark()).isPositive());
    assertThat(other.replay(entity).records()).isEqualTo(records);
  }

  @Test
  void lostChunk_damagesOneEntity_andTheOthersGoOn() {
    List<Record> records = chain(entity, 4);
    String sound = entityIn(slice, "sound");
    node.write(together(records.subList(0, 3)));
    node.write(together(chain(sound, 3)));
    node.slices.release(slice);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(watermark()).isEqualTo(3));
    node.slices
        .session()
        .execute("DELETE FROM %s.chunk WHERE entity = '%s'".formatted(keyspace, entity));
    assertThat(other.replay(entity, 4, Long.MAX_VALUE, Long.MAX_VALUE).failure())
        .isInstanceOf(DamagedEntityException.class)
        .hasMessageContaining(entity + ", sequence 3");
    assertThat(other.replay(sound).records()).hasSize(3);
  }

  private Queue<PositionedRecord> follow(JournalNode on) {
    Queue<PositionedRecord> seen = new ConcurrentLinkedQueue<>();
    on.slices
        .reader()
        .records(slice, Position.BEFORE_FIRST)
        .runWith(Sink.foreach(seen::add), on.system);
    return seen;
  }

  private List<PositionedRecord> current(JournalNode on, long after) {
    return run(on, on.slices.reader().currentRecords(slice, after));
  }

  private List<Record> history(JournalNode on) {
    return run(on, on.slices.entities().records(entity));
  }

  private static <T> List<T> run(JournalNode on, Source<T, ?> source) {
    try {
      return source.runWith(Sink.seq(), on.system).toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private int chunks(String of) {
    return node.slices
        .session()
        .execute("SELECT * FROM %s.chunk WHERE entity = '%s'".formatted(keyspace, of))
        .all()
        .size();
  }

  private long watermark() {
    Row row =
        node.slices
            .session()
            .execute(
                "SELECT log_offset FROM %s.watermark WHERE slice = %d".formatted(keyspace, slice))
            .one();
    return row == null ? 0 : row.getLong(0);
  }
}
