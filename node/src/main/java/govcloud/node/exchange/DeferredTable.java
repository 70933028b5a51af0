package govcloud.node.exchange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.node.exchange.DeferredQuery.State;
import govcloud.node.projection.AllRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Queries that wait for their provider, each changed by conditional writes alone, and two lists of
 * them: those that wait, and those that were never delivered. A list may name a query that has left
 * it; whoever reads looks at the query.
 */
public final class DeferredTable {

  /** Queries that are shown at once. */
  private static final int MOST = 500;

  private static final String WAITING = "waiting";
  private static final String UNDELIVERED = "undelivered";
  private static final String COLUMNS =
      "consumer, id, agreement, person, request_hash, accepted_at, until, state, attempts,"
          + " next_at, code, query, answer";

  private final CqlSession session;
  private final PreparedStatement insert;
  private final PreparedStatement attempt;
  private final PreparedStatement settle;
  private final PreparedStatement find;
  private final PreparedStatement ofConsumer;
  private final PreparedStatement enlist;
  private final PreparedStatement delist;
  private final PreparedStatement list;
  private final PreparedStatement count;

  /** Those in a keyspace. */
  public DeferredTable(CqlSession session, String keyspace) {
    var queries = keyspace + ".deferred_queries";
    var lists = keyspace + ".deferred_lists";
    this.session = session;
    this.insert =
        session.prepare(
            "INSERT INTO "
                + queries
                + " ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS USING TTL ?");
    this.attempt =
        session.prepare(
            "UPDATE "
                + queries
                + " USING TTL ? SET attempts = ?, next_at = ? WHERE consumer = ? AND id = ?"
                + " IF state = 'waiting'");
    this.settle =
        session.prepare(
            "UPDATE "
                + queries
                + " USING TTL ? SET state = ?, code = ?, answer = ? WHERE consumer = ? AND id = ?"
                + " IF state = 'waiting'");
    this.find =
        session.prepare(
            "SELECT " + COLUMNS + " FROM " + queries + " WHERE consumer = ? AND id = ?");
    this.ofConsumer =
        session.prepare(
            "SELECT " + COLUMNS + " FROM " + queries + " WHERE consumer = ? LIMIT " + MOST);
    this.enlist =
        session.prepare(
            "INSERT INTO " + lists + " (list, consumer, id, at) VALUES (?, ?, ?, ?) USING TTL ?");
    this.delist =
        session.prepare("DELETE FROM " + lists + " WHERE list = ? AND consumer = ? AND id = ?");
    this.count =
        session.prepare("SELECT COUNT(*) FROM " + lists + " WHERE list = ? AND consumer = ?");
    this.list = session.prepare("SELECT consumer, id, at FROM " + lists + " WHERE list = ?");
  }

  /**
   * A query in a list.
   *
   * @param at when its provider is asked again, or when it was given up
   */
  record Listed(String consumer, String id, Instant at) {}

  /**
   * Keeps a query. It is in the list before it is there itself: one that is there is never
   * forgotten.
   *
   * @param kept until it is forgotten, whatever became of it
   * @return whether there was none of its id
   */
  CompletionStage<Boolean> accept(DeferredQuery query, Duration kept) {
    return enlist(WAITING, query, query.nextAt(), kept)
        .thenCompose(
            done ->
                session.executeAsync(
                    insert.bind(
                        query.consumer(),
                        query.id(),
                        query.agreement(),
                        query.person(),
                        query.requestHash(),
                        query.acceptedAt(),
                        query.until(),
                        word(query.state()),
                        query.attempts(),
                        query.nextAt(),
                        query.code(),
                        query.query(),
                        query.answer(),
                        seconds(kept))))
        .thenApply(AsyncResultSet::wasApplied);
  }

  /** Notes one more attempt in vain. */
  CompletionStage<Void> attempted(DeferredQuery query, Duration kept) {
    return session
        .executeAsync(
            attempt.bind(
                seconds(kept), query.attempts(), query.nextAt(), query.consumer(), query.id()))
        .thenCompose(done -> enlist(WAITING, query, query.nextAt(), kept));
  }

  /** Notes what came of a query; what came of it first stays. */
  CompletionStage<Void> settle(DeferredQuery query, Instant now, Duration kept) {
    return session
        .executeAsync(
            settle.bind(
                seconds(kept),
                word(query.state()),
                query.code(),
                query.answer(),
                query.consumer(),
                query.id()))
        .thenCompose(
            done ->
                done.wasApplied() && query.state() == State.UNDELIVERED
                    ? enlist(UNDELIVERED, query, now, kept)
                    : CompletableFuture.completedStage(null))
        .thenCompose(done -> forget(query.consumer(), query.id()));
  }

  /** Takes a query off the list of those that wait. */
  CompletionStage<Void> forget(String consumer, String id) {
    return session.executeAsync(delist.bind(WAITING, consumer, id)).thenApply(done -> null);
  }

  private CompletionStage<Void> enlist(
      String name, DeferredQuery query, Instant at, Duration kept) {
    return session
        .executeAsync(enlist.bind(name, query.consumer(), query.id(), at, seconds(kept)))
        .thenApply(done -> null);
  }

  private static int seconds(Duration kept) {
    return Math.toIntExact(Math.max(1, kept.toSeconds()));
  }

  /** A query; none: there is none of this id, or it is forgotten. */
  CompletionStage<Optional<DeferredQuery>> find(String consumer, String id) {
    return session
        .executeAsync(find.bind(consumer, id))
        .thenApply(rows -> queries(rows).findFirst());
  }

  /** Those of a department. */
  CompletionStage<List<DeferredQuery>> of(String consumer) {
    return session
        .executeAsync(ofConsumer.bind(consumer))
        .thenApply(rows -> queries(rows).toList());
  }

  /** The list of those that wait. */
  CompletionStage<List<Listed>> waiting() {
    return list(WAITING);
  }

  /** How many of a department wait, and some that have just left. */
  CompletionStage<Long> countWaiting(String consumer) {
    return session
        .executeAsync(count.bind(WAITING, consumer))
        .thenApply(rows -> rows.one().getLong(0));
  }

  /** Those that were not delivered in time, as long as they are kept. */
  CompletionStage<List<DeferredQuery>> undelivered() {
    return list(UNDELIVERED)
        .thenCompose(
            listed -> {
              var reads =
                  listed.stream()
                      .limit(MOST)
                      .map(one -> find(one.consumer(), one.id()).toCompletableFuture())
                      .toList();
              return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                  .thenApply(done -> reads.stream().flatMap(read -> read.join().stream()).toList());
            });
  }

  /** How many were not delivered in time. */
  public CompletionStage<Long> countUndelivered() {
    return list(UNDELIVERED).thenApply(listed -> (long) listed.size());
  }

  private CompletionStage<List<Listed>> list(String name) {
    return session
        .executeAsync(list.bind(name))
        .thenCompose(AllRows::of)
        .thenApply(rows -> rows.stream().map(DeferredTable::listed).toList());
  }

  private static Listed listed(Row row) {
    return new Listed(row.getString("consumer"), row.getString("id"), row.getInstant("at"));
  }

  /** Of a query whose state is forgotten the rest is as well. */
  private static Stream<DeferredQuery> queries(AsyncResultSet rows) {
    return StreamSupport.stream(rows.currentPage().spliterator(), false)
        .filter(row -> !row.isNull("state"))
        .map(DeferredTable::query);
  }

  private static DeferredQuery query(Row row) {
    return new DeferredQuery(
        row.getString("consumer"),
        row.getString("id"),
        row.getString("agreement"),
        row.getString("person"),
        row.getString("request_hash"),
        row.getInstant("accepted_at"),
        row.getInstant("until"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        row.getInstant("next_at"),
        row.getString("code"),
        row.getString("query"),
        row.getString("answer"));
  }

  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
