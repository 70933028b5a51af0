package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

/** The statements on one view's tables, prepared once for all generations. */
final class ViewStatements {

  final PreparedStatement rows;
  final PreparedStatement counts;
  final PreparedStatement insertRow;
  final PreparedStatement updateCounts;
  final PreparedStatement insertCounts;
  final PreparedStatement countsOfScope;
  final PreparedStatement countsOfSlice;
  final PreparedStatement insertEntry;
  final PreparedStatement deleteEntry;
  final PreparedStatement entries;
  final PreparedStatement countEntries;

  /**
   * Prepares them.
   *
   * @param noun first part of the names of the tables
   */
  ViewStatements(CqlSession session, String keyspace, String noun) {
    String table = keyspace + "." + noun + "_rows";
    String index = keyspace + "." + noun + "_index";
    String copies = keyspace + ".view_counts";
    String place = " WHERE scope = ? AND slice = ?";
    String ofView = " WHERE view_name = ? AND slice = ?";
    String at = " USING TIMESTAMP ?";
    rows = repeatable(session, "SELECT id, version, body FROM " + table + place + " AND id IN ?");
    counts = repeatable(session, "SELECT DISTINCT scope, slice, counts FROM " + table + place);
    String row = " (scope, slice, id, version, body) VALUES (?, ?, ?, ?, ?)";
    insertRow = repeatable(session, "INSERT INTO " + table + row + at);
    updateCounts = repeatable(session, "UPDATE " + table + at + " SET counts = ?" + place);
    String copy = " (view_name, slice, scope, counts) VALUES (?, ?, ?, ?)";
    insertCounts = repeatable(session, "INSERT INTO " + copies + copy + at);
    countsOfSlice = repeatable(session, "SELECT scope, counts FROM " + copies + ofView);
    countsOfScope =
        repeatable(session, "SELECT scope, counts FROM " + copies + ofView + " AND scope = ?");
    insertEntry =
        repeatable(session, "INSERT INTO " + index + " (list, key, id) VALUES (?, ?, ?)" + at);
    String entry = " WHERE list = ? AND key = ? AND id = ?";
    deleteEntry = repeatable(session, "DELETE FROM " + index + at + entry);
    String range = " WHERE list = ? AND (key, id) > (?, ?) AND (key) < (?) LIMIT ?";
    entries = repeatable(session, "SELECT key, id FROM " + index + range);
    countEntries =
        repeatable(session, "SELECT count(*) FROM " + index + " WHERE list = ? AND key <= ?");
  }

  /** All are reads, or writes with a position as timestamp: doing them again changes nothing. */
  private static PreparedStatement repeatable(CqlSession session, String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(true));
  }
}
