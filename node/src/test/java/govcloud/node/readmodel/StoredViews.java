package govcloud.node.readmodel;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the tables of views hold, as text that can be compared. */
final class StoredViews {

  private static final List<String> TABLES =
      List.of(
          "SELECT scope, slice, id, version, body, counts FROM %s.case_rows",
          "SELECT list, key, id FROM %s.case_index",
          "SELECT view_name, slice, scope, counts FROM %s.view_counts",
          "SELECT tenant, day, hour, slice, events, stored_bytes FROM %s.usage_events");

  private final CqlSession session;
  private final String keyspace;

  StoredViews(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  /** Cases, their lists, their numbers, and usage. */
  Set<String> all() {
    Set<String> rows = new TreeSet<>();
    for (String table : TABLES) {
      for (Row row : session.execute(table.formatted(keyspace))) {
        String text = row.getFormattedContents();
        // Operations of replays are no part of what cases look like.
        if (!text.contains("'operations'")) {
          rows.add(text);
        }
      }
    }
    return rows;
  }

  /** Rows of cases alone. */
  Set<String> cases() {
    Set<String> rows = new TreeSet<>();
    session
        .execute(TABLES.get(0).formatted(keyspace))
        .forEach(row -> rows.add(row.getFormattedContents()));
    return rows;
  }

  /** Empties the tables and lets all projections begin again. */
  void forget() {
    for (String table :
        List.of("case_rows", "case_index", "view_counts", "usage_events", "projection_positions")) {
      session.execute("TRUNCATE " + keyspace + "." + table);
    }
  }
}
