package govcloud.node.exchange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.LocalDate;
import java.util.concurrent.CompletionStage;

/** Numbers of records under agreements, each written under the condition of the one before. */
final class QuotaTable implements Quota.Count {

  private final CqlSession session;
  private final PreparedStatement read;
  private final PreparedStatement first;
  private final PreparedStatement next;

  QuotaTable(CqlSession session, String keyspace) {
    var table = keyspace + ".exchange_quota";
    this.session = session;
    this.read = session.prepare("SELECT used FROM " + table + " WHERE agreement = ? AND day = ?");
    this.first =
        session.prepare(
            "INSERT INTO " + table + " (agreement, day, used) VALUES (?, ?, ?) IF NOT EXISTS");
    this.next =
        session.prepare(
            "UPDATE " + table + " SET used = ? WHERE agreement = ? AND day = ? IF used = ?");
  }

  @Override
  public CompletionStage<Long> read(String agreement, LocalDate day) {
    return session.executeAsync(read.bind(agreement, day)).thenApply(QuotaTable::used);
  }

  @Override
  public CompletionStage<Long> write(String agreement, LocalDate day, long before, long after) {
    return session
        .executeAsync(
            before == 0
                ? first.bind(agreement, day, after)
                : next.bind(after, agreement, day, before))
        .thenApply(result -> result.wasApplied() ? before : used(result));
  }

  /** A condition that does not hold is answered with the number; without one there is no row. */
  private static long used(AsyncResultSet rows) {
    var row = rows.one();
    return row == null || !row.getColumnDefinitions().contains("used") ? 0 : row.getLong("used");
  }
}
