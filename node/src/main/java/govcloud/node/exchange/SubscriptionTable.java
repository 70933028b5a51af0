package govcloud.node.exchange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Subscriptions, and whom a change concerns. */
public final class SubscriptionTable {

  /** Subscriptions of a department that are shown at once. */
  private static final int MOST = 500;

  /** The longest time to live of Cassandra. */
  private static final Duration LONGEST = Duration.ofDays(20 * 365L);

  private static final String COLUMNS =
      "consumer, id, agreement, person, provider, app, created_at, until, ended, acknowledged,"
          + " query";

  private final CqlSession session;
  private final ChangeTable changes;
  private final PreparedStatement insert;
  private final PreparedStatement follow;
  private final PreparedStatement unfollow;
  private final PreparedStatement end;
  private final PreparedStatement acknowledge;
  private final PreparedStatement find;
  private final PreparedStatement ofConsumer;
  private final PreparedStatement all;
  private final PreparedStatement followers;

  /** Those in a keyspace. */
  public SubscriptionTable(CqlSession session, String keyspace) {
    var one = " WHERE consumer = ? AND id = ?";
    var subscriptions = keyspace + ".subscriptions";
    var update = "UPDATE " + subscriptions + " USING TTL ? SET ";
    var select = "SELECT " + COLUMNS + " FROM " + subscriptions;
    var sources = keyspace + ".subscription_sources";
    var source = " WHERE provider = ? AND app = ?";
    this.session = session;
    this.changes = new ChangeTable(session, keyspace);
    this.insert =
        session.prepare(
            "INSERT INTO "
                + subscriptions
                + (" (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                + " IF NOT EXISTS USING TTL ?");
    this.end =
        session.prepare(update + "ended = true, agreement = ?, query = ?" + one + " IF EXISTS");
    this.acknowledge = session.prepare(update + "acknowledged = ?" + one + " IF acknowledged < ?");
    this.find = session.prepare(select + one);
    this.ofConsumer = session.prepare(select + " WHERE consumer = ? LIMIT " + MOST);
    this.all = session.prepare(select);
    this.follow =
        session.prepare(
            "INSERT INTO "
                + sources
                + " (provider, app, consumer, id, created_at, until) VALUES (?, ?, ?, ?, ?, ?)"
                + " USING TTL ?");
    this.unfollow =
        session.prepare("DELETE FROM " + sources + source + " AND consumer = ? AND id = ?");
    this.followers =
        session.prepare("SELECT consumer, id, created_at, until FROM " + sources + source);
  }

  /** The changes of subscriptions. */
  ChangeTable changes() {
    return changes;
  }

  /**
   * A subscription that a change concerns.
   *
   * @param since changes before are not told
   * @param until when the subscription ends
   */
  record Follower(String consumer, String id, Instant since, Instant until) {}

  /**
   * Keeps a subscription; from then on changes are noted.
   *
   * @param kept how long it is kept after its end
   * @return the one that is there; another one where there was one of its id
   */
  CompletionStage<Subscription> add(Subscription s, Duration kept) {
    return find(s.consumer(), s.id())
        .thenCompose(
            there ->
                there.isPresent() ? CompletableFuture.completedStage(there.get()) : first(s, kept));
  }

  /** Changes are noted before it is there itself: of one that is there none is missed. */
  private CompletionStage<Subscription> first(Subscription s, Duration kept) {
    var now = s.createdAt();
    var whole = seconds(Duration.between(now, s.until().plus(kept)));
    return changes
        .begin(s.consumer(), s.id(), whole)
        .thenCompose(
            begun ->
                session.executeAsync(
                    follow.bind(
                        s.provider(),
                        s.app(),
                        s.consumer(),
                        s.id(),
                        now,
                        s.until(),
                        seconds(Duration.between(now, s.until())))))
        .thenCompose(
            followed ->
                session.executeAsync(
                    insert.bind(
                        s.consumer(),
                        s.id(),
                        s.agreement(),
                        s.person(),
                        s.provider(),
                        s.app(),
                        now,
                        s.until(),
                        s.ended(),
                        s.acknowledged(),
                        s.query(),
                        whole)))
        .thenCompose(added -> find(s.consumer(), s.id()))
        .thenApply(Optional::orElseThrow);
  }

  static int seconds(Duration time) {
    var bounded = time.compareTo(LONGEST) < 0 ? time : LONGEST;
    return Math.toIntExact(Math.max(1, bounded.toSeconds()));
  }

  /** Ends a subscription; it is kept for a while. */
  CompletionStage<Void> end(Subscription s, Duration kept) {
    return session
        .executeAsync(end.bind(seconds(kept), s.agreement(), s.query(), s.consumer(), s.id()))
        .thenCompose(
            ended ->
                session.executeAsync(unfollow.bind(s.provider(), s.app(), s.consumer(), s.id())))
        .thenApply(done -> null);
  }

  /** Notes up to which change the consumer has them; never an earlier one. */
  CompletionStage<Void> acknowledge(Subscription s, long sequence, Instant now, Duration kept) {
    var whole = seconds(Duration.between(now, s.until().plus(kept)));
    return session
        .executeAsync(acknowledge.bind(whole, sequence, s.consumer(), s.id(), sequence))
        .thenApply(done -> null);
  }

  /** A subscription; none: there is none of this id, or it is forgotten. */
  CompletionStage<Optional<Subscription>> find(String consumer, String id) {
    return session
        .executeAsync(find.bind(consumer, id))
        .thenApply(rows -> subscriptions(rows).stream().findFirst());
  }

  /** Those of a department. */
  CompletionStage<List<Subscription>> of(String consumer) {
    return session
        .executeAsync(ofConsumer.bind(consumer))
        .thenApply(SubscriptionTable::subscriptions);
  }

  /** Whom a change in an app of a department concerns. */
  CompletionStage<List<Follower>> followers(String provider, String app) {
    return session
        .executeAsync(followers.bind(provider, app))
        .thenApply(
            rows ->
                page(rows).stream()
                    .map(
                        row ->
                            new Follower(
                                row.getString("consumer"),
                                row.getString("id"),
                                row.getInstant("created_at"),
                                row.getInstant("until")))
                    .toList());
  }

  /** Subscriptions that have a change from before a moment that nobody has fetched. */
  CompletionStage<List<Subscription>> behind(Instant limit, Instant now) {
    return session
        .executeAsync(all.bind())
        .thenCompose(rows -> behind(rows, limit, now, new ArrayList<>()));
  }

  /** How many that are. */
  public CompletionStage<Long> countBehind(Instant limit, Instant now) {
    return behind(limit, now).thenApply(found -> (long) found.size());
  }

  private CompletionStage<List<Subscription>> behind(
      AsyncResultSet rows, Instant limit, Instant now, List<Subscription> found) {
    var reads =
        subscriptions(rows).stream()
            .filter(one -> one.isActiveAt(now))
            .map(one -> isBehind(one, limit).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenCompose(
            done -> {
              reads.forEach(read -> read.join().ifPresent(found::add));
              return rows.hasMorePages()
                  ? rows.fetchNextPage().thenCompose(next -> behind(next, limit, now, found))
                  : CompletableFuture.completedStage(found);
            });
  }

  private CompletionStage<Optional<Subscription>> isBehind(Subscription one, Instant limit) {
    return changes
        .after(one.consumer(), one.id(), one.acknowledged(), 1)
        .thenApply(
            next ->
                next.stream().anyMatch(change -> change.at().isBefore(limit))
                    ? Optional.of(one)
                    : Optional.empty());
  }

  static List<Row> page(AsyncResultSet rows) {
    return StreamSupport.stream(rows.currentPage().spliterator(), false).toList();
  }

  /** Of a subscription whose agreement is forgotten the rest is as well. */
  private static List<Subscription> subscriptions(AsyncResultSet rows) {
    return page(rows).stream()
        .filter(row -> !row.isNull("agreement"))
        .map(SubscriptionTable::subscription)
        .toList();
  }

  private static Subscription subscription(Row row) {
    return new Subscription(
        row.getString("consumer"),
        row.getString("id"),
        row.getString("agreement"),
        row.getString("person"),
        row.getString("provider"),
        row.getString("app"),
        row.getInstant("created_at"),
        row.getInstant("until"),
        row.getBoolean("ended"),
        row.getLong("acknowledged"),
        row.getString("query"));
  }
}
