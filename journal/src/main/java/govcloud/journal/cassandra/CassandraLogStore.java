package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.DamagedEntityException;
import govcloud.journal.DamagedLogException;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The log in Cassandra. Answers go to the executor of whoever drives the core. */
public final class CassandraLogStore implements LogStore {

  /** Offsets in one partition of the log. For ever: rows lie where it says. */
  static final long BUCKET = 1024;

  private final CqlSession session;
  private final PreparedLog prepared;
  private final Executor executor;
  private final ChunkWrites chunkWrites;

  /**
   * @param prepared the statements of the keyspace, shared by all slices
   * @param executor runs the answers, one at a time and in order
   */
  public CassandraLogStore(CqlSession session, PreparedLog prepared, Executor executor) {
    this.session = session;
    this.prepared = prepared;
    this.executor = executor;
    this.chunkWrites = new ChunkWrites(session, prepared, executor);
  }

  @Override
  public void append(int slice, long offset, Batch batch, Reply<Appended> reply) {
    Compression packed = Compression.pack(batch.bytes());
    run(
        all ->
            all.append()
                .bind(
                    slice,
                    offset / BUCKET,
                    offset,
                    batch.incarnation(),
                    batch.nonce(),
                    packed.encoding(),
                    packed.bytes()),
        result -> {
          if (result.wasApplied()) {
            return done(new Appended(true, batch));
          }
          return done(new Appended(false, batchOf(slice, offset, result.one())));
        },
        reply);
  }

  @Override
  public void read(int slice, long offset, int limit, Reply<List<Batch>> reply) {
    run(
        all -> all.read().bind(slice, offset / BUCKET, offset, limit),
        result -> rows(result).thenApply(rows -> consecutive(slice, offset, rows)),
        reply);
  }

  @Override
  public void readSerial(int slice, long offset, Reply<Optional<Batch>> reply) {
    run(
        all -> all.readSerial().bind(slice, offset / BUCKET, offset),
        result -> done(Optional.ofNullable(result.one()).map(row -> batchOf(slice, offset, row))),
        reply);
  }

  /** Rows of one partition, so that one round of Paxos changes them. */
  @Override
  public void trim(int slice, long offset, List<Batch> rows, Reply<Void> reply) {
    run(
        all -> {
          BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
          for (int i = 0; i < rows.size(); i++) {
            batch.addStatement(trim(all, slice, offset + i, rows.get(i)));
          }
          return batch.setIdempotence(true).build();
        },
        result -> {
          if (!result.wasApplied()) {
            throw new DamagedLogException(
                "slice " + slice + ", offset " + offset + ": not the batches that were read");
          }
          return done(null);
        },
        reply);
  }

  private static BoundStatement trim(LogStatements all, int slice, long offset, Batch row) {
    Compression packed = Compression.pack(row.bytes());
    return all.trim()
        .bind(
            packed.encoding(),
            packed.bytes(),
            slice,
            offset / BUCKET,
            offset,
            row.incarnation(),
            row.nonce());
  }

  @Override
  public void readWatermark(int slice, Reply<Long> reply) {
    run(
        all -> all.readWatermark().bind(slice),
        result -> done(Optional.ofNullable(result.one()).map(row -> row.getLong(0)).orElse(0L)),
        reply);
  }

  @Override
  public void raiseWatermark(int slice, long offset, Reply<Void> reply) {
    run(all -> all.raiseWatermark().bind(slice, offset, offset), result -> done(null), reply);
  }

  @Override
  public void readChunks(String entityId, long fromSequence, Reply<List<Chunk>> reply) {
    run(
        all -> all.readChunks().bind(entityId, fromSequence),
        result ->
            rows(result)
                .thenApply(rows -> rows.stream().map(row -> chunkOf(entityId, row)).toList()),
        reply);
  }

  @Override
  public void readLastChunk(String entityId, Reply<Optional<Chunk>> reply) {
    run(
        all -> all.readLastChunk().bind(entityId),
        result -> done(Optional.ofNullable(result.one()).map(row -> chunkOf(entityId, row))),
        reply);
  }

  @Override
  public void writeChunk(Chunk chunk, Reply<Void> reply) {
    chunkWrites.add(chunk, reply);
  }

  private <T> void run(
      Function<LogStatements, Statement<?>> statement,
      Function<AsyncResultSet, CompletionStage<T>> decode,
      Reply<T> reply) {
    // Handed to the executor from outside the future, so that an error of the core is not lost in
    // it.
    var unused =
        prepared
            .statements()
            .thenCompose(all -> session.executeAsync(statement.apply(all)))
            .thenCompose(decode)
            .whenComplete(
                (value, failure) -> executor.execute(() -> reply.receive(value, causeOf(failure))));
  }

  private static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private static CompletionStage<List<Row>> rows(AsyncResultSet page) {
    List<Row> rows = new ArrayList<>();
    page.currentPage().forEach(rows::add);
    if (!page.hasMorePages()) {
      return done(rows);
    }
    return page.fetchNextPage()
        .thenCompose(CassandraLogStore::rows)
        .thenApply(
            more -> {
              rows.addAll(more);
              return rows;
            });
  }

  private static List<Batch> consecutive(int slice, long offset, List<Row> rows) {
    List<Batch> batches = new ArrayList<>();
    for (Row row : rows) {
      if (row.getLong("log_offset") != offset + batches.size()) {
        break;
      }
      batches.add(batchOf(slice, offset + batches.size(), row));
    }
    return batches;
  }

  private static Batch batchOf(int slice, long offset, Row row) {
    try {
      return Batch.parse(unpacked(row, "content"));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw new DamagedLogException(
          "slice " + slice + ", offset " + offset + ": unreadable (expected: a batch)", e);
    }
  }

  private static Chunk chunkOf(String entityId, Row row) {
    try {
      return Chunk.parse(unpacked(row, "records"));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw new DamagedEntityException(entityId, 0, "unreadable chunk: " + e.getMessage());
    }
  }

  private static ByteString unpacked(Row row, String column) {
    return new Compression(row.getByte("encoding"), row.getByteBuffer(column)).unpack();
  }
}
