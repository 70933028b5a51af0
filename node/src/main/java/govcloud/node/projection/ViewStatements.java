package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;

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
}
