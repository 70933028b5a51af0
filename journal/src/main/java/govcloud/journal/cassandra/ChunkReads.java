package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Reads chunks of entities together that are asked for in one go, as recoveries are that have
 * waited for the same end of the log: one request instead of many. Used on the core's single
 * thread.
 */
final class ChunkReads {

  /** Entities of one request: Cassandra reads them one after another where it may need pages. */
  private static final int MOST = 8;

  private record Waiting(String entityId, long fromSequence, Reply<List<Chunk>> reply) {}

  private final CqlSession session;
  private final PreparedLog prepared;
  private final Executor executor;
  private List<Waiting> waiting = new ArrayList<>();

  ChunkReads(CqlSession session, PreparedLog prepared, Executor executor) {
    this.session = session;
    this.prepared = prepared;
    this.executor = executor;
  }

  void add(String entityId, long fromSequence, Reply<List<Chunk>> reply) {
    waiting.add(new Waiting(entityId, fromSequence, reply));
    if (waiting.size() == 1) {
      executor.execute(this::send);
    }
  }

  private void send() {
    Map<Long, List<Waiting>> together = new LinkedHashMap<>();
    waiting.forEach(
        read -> together.computeIfAbsent(read.fromSequence, from -> new ArrayList<>()).add(read));
    waiting = new ArrayList<>();
    together.forEach(
        (from, reads) -> {
          for (int i = 0; i < reads.size(); i += MOST) {
            send(from, List.copyOf(reads.subList(i, Math.min(reads.size(), i + MOST))));
          }
        });
  }

  private void send(long from, List<Waiting> together) {
    List<String> ids = together.stream().map(Waiting::entityId).distinct().toList();
    // Repeated by the core, and answered from outside the future, so that no error is lost in it.
    CompletableFuture<?> unused =
        prepared
            .statements()
            .thenCompose(all -> session.executeAsync(all.readChunks().bind(ids, from)))
            .thenCompose(CassandraLogStore::rows)
            .whenComplete(
                (rows, failure) ->
                    executor.execute(
                        () -> {
                          if (failure == null) {
                            answer(together, rows);
                          } else {
                            failed(from, together, CassandraLogStore.causeOf(failure));
                          }
                        }));
  }

  /** One entity whose replicas are away must not keep the others away: each is asked for alone. */
  private void failed(long from, List<Waiting> together, Throwable cause) {
    if (together.size() > 1) {
      together.forEach(read -> send(from, List.of(read)));
    } else {
      together.get(0).reply.receive(null, cause);
    }
  }

  /** A chunk that is damaged concerns its own entity alone. */
  private void answer(List<Waiting> together, List<Row> rows) {
    Map<String, List<Row>> found = new HashMap<>();
    rows.forEach(
        row -> found.computeIfAbsent(row.getString("entity"), id -> new ArrayList<>()).add(row));
    for (Waiting read : together) {
      List<Chunk> chunks = new ArrayList<>();
      try {
        for (Row row : found.getOrDefault(read.entityId, List.of())) {
          chunks.add(CassandraLogStore.chunkOf(read.entityId, row));
        }
      } catch (RuntimeException damage) {
        executor.execute(() -> read.reply.receive(null, damage));
        continue;
      }
      // Each in a turn of its own: one that fails over its answer keeps none from theirs.
      executor.execute(() -> read.reply.receive(chunks, null));
    }
  }
}
