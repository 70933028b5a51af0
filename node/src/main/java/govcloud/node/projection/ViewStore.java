package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The tables of one generation of a view. Every write carries the position of its record as write
 * timestamp, so that a late or repeated one loses against a newer one in Cassandra itself.
 */
final class ViewStore {

  /** Bytes of the rows of one request: Cassandra refuses batches above 50 KiB. */
  static final int MOST_BYTES = 32 << 10;

  /** Rows that are asked for in one request. */
  private static final int MOST_ROWS = 64;

  /** Entries of one request: far below the 50 KiB above which Cassandra refuses batches. */
  private static final int MOST_ENTRIES = 100;

  /** Lists of one request: of more partitions Cassandra warns. */
  private static final int MOST_LISTS = 10;

  private final CqlSession session;
  private final ViewStatements statements;
  private final Generation generation;

  ViewStore(CqlSession session, ViewStatements statements, Generation generation) {
    this.session = session;
    this.statements = statements;
    this.generation = generation;
  }

  /** A stored row, still as text. */
  record Stored(String id, long version, String body) {}

  CompletionStage<List<Stored>> rows(String scope, int slice, List<String> ids) {
    List<CompletableFuture<List<Stored>>> reads = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += MOST_ROWS) {
      var some = ids.subList(from, Math.min(ids.size(), from + MOST_ROWS));
      reads.add(some(scope, slice, some).toCompletableFuture());
    }
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> reads.stream().flatMap(read -> read.join().stream()).toList());
  }

  private CompletionStage<List<Stored>> some(String scope, int slice, List<String> ids) {
    return all(statements.rows.bind(generation.key(scope), slice, ids))
        .thenApply(
            found ->
                found.stream()
                    .filter(row -> !row.isNull("version"))
                    .map(
                        row ->
                            new Stored(
                                row.getString("id"), row.getLong("version"), row.getString("body")))
                    .toList());
  }

  /** The numbers that lie beside the rows, which they always agree with; null if there are none. */
  CompletionStage<String> counts(String scope, int slice) {
    return session
        .executeAsync(statements.counts.bind(generation.key(scope), slice))
        .thenApply(
            found -> {
              Row row = found.one();
              return row == null ? null : row.getString("counts");
            });
  }

  /**
   * Adds and takes away list entries. What concerns one list lies in one partition; a request takes
   * several, which costs Cassandra hardly more than a single entry.
   */
  CompletionStage<Void> move(Map<ViewFold.Place, ViewFold.Move> moves) {
    Map<String, List<BoundStatement>> lists = new LinkedHashMap<>();
    moves.forEach(
        (place, move) ->
            lists
                .computeIfAbsent(place.entry().list(), list -> new ArrayList<>())
                .add(bind(place, move)));
    return CompletableFuture.allOf(
        requests(lists.values()).stream()
            .map(request -> session.executeAsync(together(request)).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private static List<List<BoundStatement>> requests(Collection<List<BoundStatement>> lists) {
    List<List<BoundStatement>> requests = new ArrayList<>();
    List<BoundStatement> request = new ArrayList<>();
    int inRequest = 0;
    for (List<BoundStatement> list : lists) {
      for (int from = 0; from < list.size(); from += MOST_ENTRIES) {
        var some = list.subList(from, Math.min(list.size(), from + MOST_ENTRIES));
        if (inRequest == MOST_LISTS || request.size() + some.size() > MOST_ENTRIES) {
          requests.add(request);
          request = new ArrayList<>();
          inRequest = 0;
        }
        request.addAll(some);
        inRequest++;
      }
    }
    requests.add(request);
    requests.removeIf(List::isEmpty);
    return requests;
  }

  private BoundStatement bind(ViewFold.Place place, ViewFold.Move move) {
    View.Entry entry = place.entry();
    String list = generation.key(entry.list());
    return move.present()
        ? statements.insertEntry.bind(list, entry.key(), place.id(), move.position())
        : statements.deleteEntry.bind(move.position(), list, entry.key(), place.id());
  }

  private static Statement<?> together(List<BoundStatement> moves) {
    if (moves.size() == 1) {
      return moves.get(0);
    }
    BatchStatementBuilder batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED);
    moves.forEach(batch::addStatement);
    return batch.setIdempotence(true).build();
  }

  /** A row to write, as text, with the position of the record it comes from. */
  record NewRow(String id, long version, String body, long position) {

    /** Size of the row's text in the table. */
    int bytes() {
      return body.getBytes(StandardCharsets.UTF_8).length;
    }
  }

  /** Writes rows that have not changed the numbers beside them, in as few requests as can be. */
  CompletionStage<?> write(String scope, int slice, List<NewRow> rows) {
    List<CompletableFuture<?>> writes = new ArrayList<>();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      int more = rows.get(i).bytes();
      if (i > from && bytes + more > MOST_BYTES) {
        writes.add(execute(batch(scope, slice, rows.subList(from, i))));
        from = i;
        bytes = 0;
      }
      bytes += more;
    }
    if (from < rows.size()) {
      writes.add(execute(batch(scope, slice, rows.subList(from, rows.size()))));
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new));
  }

  /** Writes rows that have changed the numbers beside them, and those, in one atomic write. */
  CompletionStage<?> write(
      String scope, int slice, List<NewRow> rows, String counts, long position) {
    if (rows.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return execute(
        batch(scope, slice, rows)
            .addStatement(
                statements.updateCounts.bind(position, counts, generation.key(scope), slice)));
  }

  private BatchStatementBuilder batch(String scope, int slice, List<NewRow> rows) {
    String key = generation.key(scope);
    BatchStatementBuilder batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED);
    for (NewRow row : rows) {
      batch.addStatement(
          statements.insertRow.bind(
              key, slice, row.id(), row.version(), row.body(), row.position()));
    }
    return batch;
  }

  private CompletableFuture<?> execute(BatchStatementBuilder batch) {
    return session.executeAsync(batch.setIdempotence(true).build()).toCompletableFuture();
  }

  /** Copies the numbers to where they are read from. */
  CompletionStage<?> publish(String scope, int slice, String numbers, long position) {
    return session.executeAsync(
        statements.insertCounts.bind(
            generation.key(generation.view()), slice, scope, numbers, position));
  }

  /** Numbers of one scope in one slice, or of all scopes when {@code scope} is null. */
  CompletionStage<List<ScopeCounts>> published(int slice, String scope) {
    String name = generation.key(generation.view());
    BoundStatement statement =
        scope == null
            ? statements.countsOfSlice.bind(name, slice)
            : statements.countsOfScope.bind(name, slice, scope);
    return all(statement)
        .thenApply(
            found ->
                found.stream()
                    .map(
                        row ->
                            new ScopeCounts(
                                row.getString("scope"),
                                RowJson.readCounts(row.getString("counts"))))
                    .toList());
  }

  /** The numbers of one scope. */
  record ScopeCounts(String scope, Map<String, Long> counts) {}

  /** Entries of a list behind {@code after} with a key below {@code before}, in order. */
  CompletionStage<List<PageToken>> entries(String list, PageToken after, String before, int limit) {
    return all(statements.entries.bind(
            generation.key(list), after.key(), after.id(), before, limit))
        .thenApply(
            found ->
                found.stream()
                    .map(row -> new PageToken(row.getString("key"), row.getString("id")))
                    .toList());
  }

  /** How many entries of a list have a key up to {@code last}. */
  CompletionStage<Long> countEntries(String list, String last) {
    return session
        .executeAsync(statements.countEntries.bind(generation.key(list), last))
        .thenApply(found -> found.one().getLong(0));
  }

  private CompletionStage<List<Row>> all(Statement<?> statement) {
    return session.executeAsync(statement).thenCompose(AllRows::of);
  }
}
