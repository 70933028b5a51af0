package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The statements of one view's tables. Every write carries the position of its record as write
 * timestamp, so that a late or repeated one loses against a newer one in Cassandra itself.
 */
final class ViewStore {

  private final CqlSession session;
  private final String view;
  private final PreparedStatement rows;
  private final PreparedStatement counts;
  private final PreparedStatement insertRow;
  private final PreparedStatement updateCounts;
  private final PreparedStatement insertCounts;
  private final PreparedStatement countsOfScope;
  private final PreparedStatement countsOfSlice;
  private final PreparedStatement insertEntry;
  private final PreparedStatement deleteEntry;
  private final PreparedStatement entries;
  private final PreparedStatement countEntries;

  ViewStore(CqlSession session, String keyspace, String view, String noun) {
    this.session = session;
    this.view = view;
    String table = keyspace + "." + noun + "_rows";
    String index = keyspace + "." + noun + "_index";
    String copies = keyspace + ".view_counts";
    String place = " WHERE scope = ? AND slice = ?";
    String ofView = " WHERE view_name = ? AND slice = ?";
    String at = " USING TIMESTAMP ?";
    rows = session.prepare("SELECT id, version, body FROM " + table + place + " AND id IN ?");
    counts = session.prepare("SELECT DISTINCT scope, slice, counts FROM " + table + place);
    String row = " (scope, slice, id, version, body) VALUES (?, ?, ?, ?, ?)";
    insertRow = session.prepare("INSERT INTO " + table + row + at);
    updateCounts = session.prepare("UPDATE " + table + at + " SET counts = ?" + place);
    String copy = " (view_name, slice, scope, counts) VALUES (?, ?, ?, ?)";
    insertCounts = session.prepare("INSERT INTO " + copies + copy + at);
    countsOfSlice = session.prepare("SELECT scope, counts FROM " + copies + ofView);
    countsOfScope =
        session.prepare("SELECT scope, counts FROM " + copies + ofView + " AND scope = ?");
    insertEntry =
        session.prepare("INSERT INTO " + index + " (list, key, id) VALUES (?, ?, ?)" + at);
    String entry = " WHERE list = ? AND key = ? AND id = ?";
    deleteEntry = session.prepare("DELETE FROM " + index + at + entry);
    String range = " WHERE list = ? AND (key, id) > (?, ?) AND (key) < (?) LIMIT ?";
    entries = session.prepare("SELECT key, id FROM " + index + range);
    countEntries =
        session.prepare("SELECT count(*) FROM " + index + " WHERE list = ? AND key <= ?");
  }

  /** A stored row, still as text. */
  record Stored(String id, long version, String body) {}

  CompletionStage<List<Stored>> rows(String scope, int slice, List<String> ids) {
    return all(rows.bind(scope, slice, ids))
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
        .executeAsync(counts.bind(scope, slice))
        .thenApply(
            found -> {
              Row row = found.one();
              return row == null ? null : row.getString("counts");
            });
  }

  /** Adds and takes away list entries. */
  CompletionStage<Void> move(Map<ViewFold.Place, ViewFold.Move> moves) {
    List<BoundStatement> statements = new ArrayList<>(moves.size());
    moves.forEach(
        (place, move) -> {
          View.Entry entry = place.entry();
          statements.add(
              move.present()
                  ? insertEntry.bind(entry.list(), entry.key(), place.id(), move.position())
                  : deleteEntry.bind(move.position(), entry.list(), entry.key(), place.id()));
        });
    return CompletableFuture.allOf(
        statements.stream()
            .map(statement -> session.executeAsync(statement).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Writes rows and the numbers beside them in one atomic write. */
  <R> CompletionStage<?> write(String scope, int slice, ViewFold<R> fold, String numbers) {
    BatchStatementBuilder batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED);
    fold.changed()
        .forEach(
            (id, row) ->
                batch.addStatement(
                    insertRow.bind(
                        scope,
                        slice,
                        id,
                        row.version(),
                        RowJson.write(row.row()),
                        row.position())));
    batch.addStatement(updateCounts.bind(fold.position(), numbers, scope, slice));
    return session.executeAsync(batch.build());
  }

  /** Copies the numbers to where they are read from. */
  CompletionStage<?> publish(String scope, int slice, String numbers, long position) {
    return session.executeAsync(insertCounts.bind(view, slice, scope, numbers, position));
  }

  /** Numbers of one scope in one slice, or of all scopes when {@code scope} is null. */
  CompletionStage<List<ScopeCounts>> published(int slice, String scope) {
    BoundStatement statement =
        scope == null ? countsOfSlice.bind(view, slice) : countsOfScope.bind(view, slice, scope);
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
    return all(entries.bind(list, after.key(), after.id(), before, limit))
        .thenApply(
            found ->
                found.stream()
                    .map(row -> new PageToken(row.getString("key"), row.getString("id")))
                    .toList());
  }

  /** How many entries of a list have a key up to {@code last}. */
  CompletionStage<Long> countEntries(String list, String last) {
    return session
        .executeAsync(countEntries.bind(list, last))
        .thenApply(found -> found.one().getLong(0));
  }

  private CompletionStage<List<Row>> all(Statement<?> statement) {
    return session.executeAsync(statement).thenCompose(first -> collect(first, new ArrayList<>()));
  }

  private static CompletionStage<List<Row>> collect(AsyncResultSet page, List<Row> rows) {
    page.currentPage().forEach(rows::add);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> collect(next, rows))
        : CompletableFuture.completedFuture(rows);
  }
}
