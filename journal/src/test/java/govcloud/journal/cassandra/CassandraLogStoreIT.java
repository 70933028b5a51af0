package govcloud.journal.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.DamagedEntityException;
import govcloud.journal.DamagedLogException;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import govcloud.journal.core.LogStore.Appended;
import govcloud.journal.core.Reply;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.journal.v1.Trimmed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the core relies on, shown on a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CassandraLogStoreIT {

  private final String keyspace = LocalCassandra.shared().newKeyspaceName("store");
  private CqlSession session;
  private CassandraLogStore store;
  private PreparedLog prepared;

  @BeforeAll
  void open() {
    var point = LocalCassandra.shared().contactPoint();
    CassandraSettings settings =
        CassandraSettings.from(
            ConfigFactory.parseMap(
                    Map.of(
                        "govcloud.cassandra.contact-points",
                        List.of(point.getHostString() + ":" + point.getPort()),
                        "govcloud.cassandra.keyspace",
                        keyspace))
                .withFallback(ConfigFactory.load()));
    session = CassandraSessions.open(settings);
    SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "test");
    prepared = new PreparedLog(session, keyspace);
    store = new CassandraLogStore(session, prepared, Runnable::run);
  }

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void append_toAFreeOffset_isApplied_andASecondFindsTheFirst() throws Exception {
    Batch mine = batch(1, "mine");
    Appended first = this.<Appended>ask(r -> store.append(1, 0, mine, r));
    Batch yours = batch(2, "yours");
    Appended second = this.<Appended>ask(r -> store.append(1, 0, yours, r));
    Appended again = this.<Appended>ask(r -> store.append(1, 0, mine, r));
    assertThat(first.applied()).isTrue();
    assertThat(second.applied()).isFalse();
    assertThat(second.row()).isEqualTo(mine);
    assertThat(again).isEqualTo(new Appended(false, mine));
    assertThat(this.<Optional<Batch>>ask(r -> store.readSerial(1, 0, r))).contains(mine);
    assertThat(this.<Optional<Batch>>ask(r -> store.readSerial(1, 1, r))).isEmpty();
  }

  @Test
  void read_stopsAtAGapAndAtTheEndOfAPartition() throws Exception {
    for (long offset : List.of(1021L, 1022L, 1023L, 1024L, 1026L)) {
      Batch batch = batch(offset, "x");
      this.<Appended>ask(r -> store.append(2, offset, batch, r));
    }
    assertThat(this.<List<Batch>>ask(r -> store.read(2, 1021, 10, r))).hasSize(3);
    assertThat(this.<List<Batch>>ask(r -> store.read(2, 1021, 2, r))).hasSize(2);
    assertThat(this.<List<Batch>>ask(r -> store.read(2, 1024, 10, r))).hasSize(1);
    assertThat(this.<List<Batch>>ask(r -> store.read(2, 1025, 10, r))).isEmpty();
  }

  @Test
  void largeBatch_isCompressed_andReadAsItWas() throws Exception {
    Batch large = batch(1, "compressible ".repeat(10_000));
    this.<Appended>ask(r -> store.append(3, 0, large, r));
    assertThat(this.<List<Batch>>ask(r -> store.read(3, 0, 1, r))).containsExactly(large);
    var row =
        session
            .execute(
                "SELECT encoding, content FROM " + keyspace + ".log WHERE slice = 3 AND bucket = 0")
            .one();
    assertThat(row.getByte(0)).isEqualTo(Compression.ZSTD);
    assertThat(row.getByteBuffer(1).remaining()).isLessThan(2_000);
  }

  @Test
  void trim_leavesStubs_andRefusesOtherBatches() throws Exception {
    Batch first = batch(1, "first ".repeat(50));
    Batch second = batch(2, "second ".repeat(50));
    this.<Appended>ask(r -> store.append(6, 0, first, r));
    this.<Appended>ask(r -> store.append(6, 1, second, r));
    List<Batch> stubs = List.of(stub(first), stub(second));
    this.<Void>ask(r -> store.trim(6, 0, stubs, r));
    this.<Void>ask(r -> store.trim(6, 0, stubs, r));
    assertThat(this.<List<Batch>>ask(r -> store.read(6, 0, 9, r))).isEqualTo(stubs);
    Appended late = this.<Appended>ask(r -> store.append(6, 0, first, r));
    assertThat(late).isEqualTo(new Appended(false, stubs.get(0)));
    assertThatThrownBy(
            () -> this.<Void>ask(r -> store.trim(6, 0, List.of(stubs.get(0), stubs.get(0)), r)))
        .hasCauseInstanceOf(DamagedLogException.class);
    assertThatThrownBy(() -> this.<Void>ask(r -> store.trim(6, 1, stubs, r)))
        .hasCauseInstanceOf(DamagedLogException.class);
    assertThat(this.<Optional<Batch>>ask(r -> store.readSerial(6, 2, r))).isEmpty();
  }

  private static Batch stub(Batch batch) throws Exception {
    return Batch.parse(
        LogBatch.parseFrom(batch.bytes()).toBuilder()
            .clearRecord()
            .setTrimmed(Trimmed.newBuilder().setHash(batch.hash()).setRecords(1))
            .build()
            .toByteString());
  }

  @Test
  void watermark_neverGoesBack() throws Exception {
    assertThat(this.<Long>ask(r -> store.readWatermark(4, r))).isZero();
    this.<Void>ask(r -> store.raiseWatermark(4, 100, r));
    this.<Void>ask(r -> store.raiseWatermark(4, 40, r));
    assertThat(this.<Long>ask(r -> store.readWatermark(4, r))).isEqualTo(100);
  }

  @Test
  void chunks_handedOverInOneGo_areAllStoredAndAnswered() throws Exception {
    List<Chunk> chunks =
        IntStream.range(0, 200).mapToObj(i -> chunkOf("case/together-" + i)).toList();
    List<CompletableFuture<Void>> answers =
        chunks.stream().map(chunk -> new CompletableFuture<Void>()).toList();
    ExecutorService core = Executors.newSingleThreadExecutor();
    try {
      CassandraLogStore together = new CassandraLogStore(session, prepared, core);
      core.execute(
          () -> {
            for (int i = 0; i < chunks.size(); i++) {
              CompletableFuture<Void> answer = answers.get(i);
              together.writeChunk(
                  chunks.get(i),
                  (nothing, failure) -> {
                    if (failure == null) {
                      answer.complete(null);
                    } else {
                      answer.completeExceptionally(failure);
                    }
                  });
            }
          });
      for (CompletableFuture<Void> answer : answers) {
        answer.get(30, TimeUnit.SECONDS);
      }
    } finally {
      core.shutdown();
    }
    for (Chunk chunk : chunks) {
      assertThat(this.<Optional<Chunk>>ask(r -> store.readLastChunk(chunk.entityId(), r)))
          .contains(chunk);
    }
  }

  /** Together, two hundred of these are larger than a batch may be. */
  private static Chunk chunkOf(String entityId) {
    Record record =
        Record.newBuilder()
            .setEntityId(entityId)
            .setSequence(1)
            .setPayload(ByteString.copyFromUtf8("x".repeat(300)))
            .build();
    return new Chunk(entityId, List.of(Entry.of(record)));
  }

  @Test
  void chunks_areReadFromASequenceOn() throws Exception {
    List<Entry> entries = IntStream.rangeClosed(1, 6).mapToObj(i -> entry(i, "x")).toList();
    Chunk low = new Chunk("case/a", entries.subList(0, 3));
    Chunk high = new Chunk("case/a", entries.subList(3, 6));
    Chunk shorter = new Chunk("case/a", entries.subList(3, 5));
    for (Chunk chunk : List.of(high, low, shorter, high)) {
      this.<Void>ask(r -> store.writeChunk(chunk, r));
    }
    assertThat(this.<List<Chunk>>ask(r -> store.readChunks("case/a", 1, r)))
        .containsExactly(low, shorter, high);
    assertThat(this.<List<Chunk>>ask(r -> store.readChunks("case/a", 6, r))).containsExactly(high);
    assertThat(this.<Optional<Chunk>>ask(r -> store.readLastChunk("case/a", r))).contains(high);
    assertThat(this.<Optional<Chunk>>ask(r -> store.readLastChunk("case/none", r))).isEmpty();
  }

  @Test
  void unreadableBytes_areDamage() {
    session.execute(
        "INSERT INTO "
            + keyspace
            + ".log (slice, bucket, log_offset, encoding, content) VALUES (5, 0, 0, 1, 0x0102)");
    session.execute(
        "INSERT INTO "
            + keyspace
            + ".chunk (entity, to_sequence, from_sequence, encoding, records)"
            + " VALUES ('case/broken', 1, 1, 9, 0x01)");
    assertThatThrownBy(() -> this.<List<Batch>>ask(r -> store.read(5, 0, 1, r)))
        .hasCauseInstanceOf(DamagedLogException.class);
    assertThatThrownBy(() -> this.<List<Chunk>>ask(r -> store.readChunks("case/broken", 1, r)))
        .hasCauseInstanceOf(DamagedEntityException.class);
  }

  private static Batch batch(long nonce, String payload) throws Exception {
    return Batch.parse(
        LogBatch.newBuilder()
            .setIncarnation(ByteString.copyFrom(new byte[16]))
            .setNonce(nonce)
            .addRecord(entry(1, payload).bytes())
            .build()
            .toByteString());
  }

  private static Entry entry(long sequence, String payload) {
    return Entry.of(
        Record.newBuilder()
            .setEntityId("case/a")
            .setSequence(sequence)
            .setPayload(ByteString.copyFromUtf8(payload))
            .build());
  }

  private <T> T ask(Consumer<Reply<T>> request)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    request.accept(
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    return answer.get(20, TimeUnit.SECONDS);
  }
}
