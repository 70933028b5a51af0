package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Empties the tables of a generation that nobody reads any more. Its numbers are never used again,
 * so what is deleted is deleted for ever: a late write loses against the highest timestamp.
 */
final class GenerationTables {

  private static final long FOR_EVER = Long.MAX_VALUE - 1;

  private final CqlSession session;
  private final int slices;
  private final PreparedStatement rowPartitions;
  private final PreparedStatement deleteRows;
  private final PreparedStatement lists;
  private final PreparedStatement deleteList;
  private final PreparedStatement deleteCounts;
  private final PreparedStatement deletePosition;
  private final PreparedStatement deleteParked;

  /**
   * The tables of one view.
   *
   * @param noun first part of the names of its tables
   */
  GenerationTables(CqlSession session, String keyspace, String noun, int slices) {
    this.session = session;
    this.slices = slices;
    String table = keyspace + "." + noun + "_rows";
    String index = keyspace + "." + noun + "_index";
    rowPartitions = session.prepare("SELECT DISTINCT scope, slice FROM " + table);
    String at = " USING TIMESTAMP ?";
    deleteRows = session.prepare("DELETE FROM " + table + at + " WHERE scope = ? AND slice = ?");
    lists = session.prepare("SELECT DISTINCT list FROM " + index);
    deleteList = session.prepare("DELETE FROM " + index + at + " WHERE list = ?");
    deleteCounts =
        session.prepare(
            "DELETE FROM " + keyspace + ".view_counts" + at + " WHERE view_name = ? AND slice = ?");
    deletePosition =
        session.prepare(
            "DELETE FROM "
                + keyspace
                + ".projection_positions"
                + at
                + " WHERE slice = ? AND projection = ?");
    deleteParked =
        session.prepare(
            "DELETE FROM " + keyspace + ".parked_streams" + at + " WHERE view_name = ?");
  }

  /** Deletes everything of a generation; may be repeated. */
  CompletionStage<?> drop(Generation generation) {
    return scan(
            rowPartitions,
            row -> generation.owns(row.getString("scope")),
            row -> deleteRows.bind(FOR_EVER, row.getString("scope"), row.getInt("slice")))
        .thenCompose(
            done ->
                scan(
                    lists,
                    row -> generation.owns(row.getString("list")),
                    row -> deleteList.bind(FOR_EVER, row.getString("list"))))
        .thenCompose(done -> all(rest(generation)));
  }

  private List<BoundStatement> rest(Generation generation) {
    List<BoundStatement> statements = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      statements.add(deleteCounts.bind(FOR_EVER, generation.key(generation.view()), slice));
      statements.add(deletePosition.bind(FOR_EVER, slice, generation.projection()));
    }
    statements.add(deleteParked.bind(FOR_EVER, generation.projection()));
    return statements;
  }

  private CompletionStage<?> scan(
      PreparedStatement select,
      Function<Row, Boolean> owned,
      Function<Row, BoundStatement> deletion) {
    return session.executeAsync(select.bind()).thenCompose(page -> scan(page, owned, deletion));
  }

  private CompletionStage<?> scan(
      AsyncResultSet page, Function<Row, Boolean> owned, Function<Row, BoundStatement> deletion) {
    List<BoundStatement> deletions = new ArrayList<>();
    for (Row row : page.currentPage()) {
      if (owned.apply(row)) {
        deletions.add(deletion.apply(row));
      }
    }
    CompletionStage<?> deleted = all(deletions);
    return page.hasMorePages()
        ? deleted
            .thenCompose(done -> page.fetchNextPage())
            .thenCompose(next -> scan(next, owned, deletion))
        : deleted;
  }

  private CompletionStage<?> all(List<BoundStatement> statements) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    for (BoundStatement statement : statements) {
      done = done.thenCompose(before -> session.executeAsync(statement));
    }
    return done;
  }
}
