package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Writes chunks together that are handed over in one go: one request instead of many. They are
 * independent and repeatable, so a batch that took effect in part does no harm. Used on the core's
 * single thread.
 */
final class ChunkWrites {

  /** Cassandra refuses batches above some 50 KiB. */
  private static final int MOST_BYTES = 32 << 10;

  private record Waiting(Chunk chunk, Compression packed, Reply<Void> reply) {}

  private final CqlSession session;
  private final PreparedLog prepared;
  private final Executor executor;
  private List<Waiting> waiting = new ArrayList<>();

  ChunkWrites(CqlSession session, PreparedLog prepared, Executor executor) {
    this.session = session;
    this.prepared = prepared;
    this.executor = executor;
  }

  void add(Chunk chunk, Reply<Void> reply) {
    waiting.add(new Waiting(chunk, Compression.pack(chunk.toBytes()), reply));
    if (waiting.size() == 1) {
      executor.execute(this::send);
    }
  }

  private void send() {
    List<Waiting> together = new ArrayList<>();
    int bytes = 0;
    for (Waiting write : waiting) {
      int size = write.packed.bytes().remaining() + 2 * write.chunk.entityId().length() + 64;
      if (bytes + size > MOST_BYTES && !together.isEmpty()) {
        send(together);
        together = new ArrayList<>();
        bytes = 0;
      }
      together.add(write);
      bytes += size;
    }
    waiting = new ArrayList<>();
    send(together);
  }

  private void send(List<Waiting> together) {
    // Repeated by the core, and answered from outside the future, so that no error is lost in it.
    CompletableFuture<?> unused =
        prepared
            .statements()
            .thenCompose(all -> session.executeAsync(statement(all, together)))
            .whenComplete(
                (result, failure) ->
                    executor.execute(
                        () -> together.forEach(write -> write.reply.receive(null, failure))));
  }

  private static Statement<?> statement(LogStatements all, List<Waiting> together) {
    if (together.size() == 1) {
      return bind(all, together.get(0));
    }
    BatchStatementBuilder batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED);
    together.forEach(write -> batch.addStatement(bind(all, write)));
    return batch
        .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
        .setIdempotence(true)
        .build();
  }

  private static BoundStatement bind(LogStatements all, Waiting write) {
    return all.writeChunk()
        .bind(
            write.chunk.entityId(),
            write.chunk.toSequence(),
            write.chunk.fromSequence(),
            write.packed.encoding(),
            write.packed.bytes());
  }
}
