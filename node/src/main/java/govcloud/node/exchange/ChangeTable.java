package govcloud.node.exchange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import govcloud.node.exchange.SubscriptionTable.Follower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The changes of each subscription, in one order without gaps: each is written under the condition
 * of the number before.
 */
final class ChangeTable {

  private final CqlSession session;
  private final PreparedStatement begin;
  private final PreparedStatement last;
  private final PreparedStatement append;
  private final PreparedStatement changes;

  ChangeTable(CqlSession session, String keyspace) {
    var changed = keyspace + ".subscription_changes";
    var one = " WHERE consumer = ? AND id = ?";
    this.session = session;
    this.begin =
        session.prepare(
            "INSERT INTO "
                + changed
                + " (consumer, id, last) VALUES (?, ?, 0) IF NOT EXISTS USING TTL ?");
    this.last = session.prepare("SELECT last FROM " + changed + one + " LIMIT 1");
    this.append =
        session.prepare(
            "BEGIN BATCH UPDATE "
                + changed
                + (" USING TTL ? SET last = ?" + one + " IF last = ?; INSERT INTO ")
                + changed
                + " (consumer, id, sequence, entity, at) VALUES (?, ?, ?, ?, ?) USING TTL ?;"
                + " APPLY BATCH");
    this.changes =
        session.prepare(
            "SELECT sequence, entity, at FROM " + changed + one + " AND sequence > ? LIMIT ?");
  }

  /**
   * That a case has changed.
   *
   * @param sequence counts the changes of the subscription from 1
   * @param at when that was noted
   */
  record Change(long sequence, String entity, Instant at) {}

  /**
   * From now on there is a number of the last change: 0.
   *
   * @param seconds so long it is kept
   */
  CompletionStage<Void> begin(String consumer, String id, int seconds) {
    return session.executeAsync(begin.bind(consumer, id, seconds)).thenApply(done -> null);
  }

  /**
   * Number of the last change of a subscription; none: it is forgotten. A read that waits for a
   * write under way: whoever reads the changes after it finds all up to this one.
   */
  CompletionStage<OptionalLong> last(String consumer, String id) {
    return session
        .executeAsync(
            last.bind(consumer, id).setConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL))
        .thenApply(
            rows -> {
              var row = rows.one();
              return row == null || row.isNull("last")
                  ? OptionalLong.empty()
                  : OptionalLong.of(row.getLong("last"));
            });
  }

  /**
   * Notes that a case has changed.
   *
   * @param kept how long that is kept, and the number of the last change after the end
   */
  CompletionStage<Void> append(Follower of, String entity, Instant now, Duration kept) {
    return last(of.consumer(), of.id())
        .thenCompose(
            before ->
                before.isEmpty()
                    ? CompletableFuture.completedStage(true)
                    : append(of, before.getAsLong(), entity, now, kept))
        .thenCompose(
            done -> done ? CompletableFuture.completedStage(null) : append(of, entity, now, kept));
  }

  private CompletionStage<Boolean> append(
      Follower of, long before, String entity, Instant now, Duration kept) {
    return session
        .executeAsync(
            append.bind(
                SubscriptionTable.seconds(Duration.between(now, of.until().plus(kept))),
                before + 1,
                of.consumer(),
                of.id(),
                before,
                of.consumer(),
                of.id(),
                before + 1,
                entity,
                now,
                SubscriptionTable.seconds(kept)))
        .thenApply(AsyncResultSet::wasApplied);
  }

  /** Changes after one, in their order. */
  CompletionStage<List<Change>> after(String consumer, String id, long after, int most) {
    return session
        .executeAsync(changes.bind(consumer, id, after, most))
        .thenApply(
            rows ->
                SubscriptionTable.page(rows).stream()
                    .map(
                        row ->
                            new Change(
                                row.getLong("sequence"),
                                row.getString("entity"),
                                row.getInstant("at")))
                    .toList());
  }
}
