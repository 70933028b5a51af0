package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * How far every projection has come, in Cassandra. A position is its own write timestamp, so the
 * highest one stays whatever arrives late. Stages fail with the driver's exceptions.
 */
final class StoredPositions {

  /** Takes one stored position. */
  @FunctionalInterface
  interface Found {
    void at(int slice, String projection, long position);
  }

  private final CqlSession session;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  StoredPositions(CqlSession session, String keyspace) {
    this.session = session;
    String table = keyspace + ".projection_positions";
    String columns = "slice, projection, position";
    select = prepared("SELECT " + columns + " FROM " + table + " WHERE slice IN ?");
    insert =
        prepared("INSERT INTO " + table + " (" + columns + ") VALUES (?, ?, ?) USING TIMESTAMP ?");
  }

  private PreparedStatement prepared(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(true));
  }

  /** Stores positions of projections of one slice in one request; lower ones change nothing. */
  CompletionStage<?> store(int slice, Map<String, Long> positions) {
    if (positions.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED);
    positions.forEach(
        (projection, position) ->
            batch.addStatement(insert.bind(slice, projection, position, position)));
    return session.executeAsync(batch.setIdempotence(true).build());
  }

  /** Reads the positions of all projections of one slice. */
  CompletionStage<Void> of(int slice, Found found) {
    return read(List.of(slice), found);
  }

  /** Reads the positions of all projections of all slices. */
  CompletionStage<Void> all(int slices, Found found) {
    return read(IntStream.range(0, slices).boxed().toList(), found);
  }

  private CompletionStage<Void> read(List<Integer> slices, Found found) {
    return session.executeAsync(select.bind(slices)).thenCompose(page -> take(page, found));
  }

  private static CompletionStage<Void> take(AsyncResultSet page, Found found) {
    page.currentPage()
        .forEach(
            row ->
                found.at(
                    row.getInt("slice"), row.getString("projection"), row.getLong("position")));
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> take(next, found))
        : CompletableFuture.completedFuture(null);
  }
}
