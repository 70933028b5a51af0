package govcloud.node.exchange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.node.exchange.Callback.Delivery;
import govcloud.node.exchange.Callback.Kind;
import govcloud.node.projection.AllRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where departments want to be told, what is to be told there, and what was given up. */
public final class CallbackTable {

  private static final String DUE = "due";
  private static final String GIVEN_UP = "given-up";

  private final CqlSession session;
  private final PreparedStatement declare;
  private final PreparedStatement withdraw;
  private final PreparedStatement find;
  private final PreparedStatement enlist;
  private final PreparedStatement delist;
  private final PreparedStatement list;

  /** Those in a keyspace. */
  public CallbackTable(CqlSession session, String keyspace) {
    var callbacks = keyspace + ".callbacks";
    var deliveries = keyspace + ".callback_deliveries";
    this.session = session;
    this.declare =
        session.prepare(
            "INSERT INTO "
                + callbacks
                + " (consumer, address, declared_by, declared_at) VALUES (?, ?, ?, ?)");
    this.withdraw = session.prepare("DELETE FROM " + callbacks + " WHERE consumer = ?");
    this.find =
        session.prepare(
            "SELECT consumer, address, declared_by, declared_at FROM "
                + callbacks
                + " WHERE consumer = ?");
    this.enlist =
        session.prepare(
            "INSERT INTO "
                + deliveries
                + " (list, consumer, kind, id, since, attempts, next_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?");
    this.delist =
        session.prepare(
            "DELETE FROM "
                + deliveries
                + " WHERE list = ? AND consumer = ? AND kind = ? AND id = ?");
    this.list =
        session.prepare(
            "SELECT consumer, kind, id, since, attempts, next_at FROM "
                + deliveries
                + " WHERE list = ?");
  }

  /** Keeps where a department wants to be told. */
  CompletionStage<Void> declare(Callback one) {
    return session
        .executeAsync(
            declare.bind(one.consumer(), one.address(), one.declaredBy(), one.declaredAt()))
        .thenApply(done -> null);
  }

  /** From now on the department is told nowhere. */
  CompletionStage<Void> withdraw(String consumer) {
    return session.executeAsync(withdraw.bind(consumer)).thenApply(done -> null);
  }

  /** Where a department wants to be told; none: nowhere. */
  CompletionStage<Optional<Callback>> find(String consumer) {
    return session
        .executeAsync(find.bind(consumer))
        .thenApply(
            rows ->
                Optional.ofNullable(rows.one())
                    .map(
                        row ->
                            new Callback(
                                row.getString("consumer"),
                                row.getString("address"),
                                row.getString("declared_by"),
                                row.getInstant("declared_at"))));
  }

  /** Enters what is to be told, or when it is tried again. */
  CompletionStage<Void> enlist(Delivery one) {
    return enlist(DUE, one, 0);
  }

  private CompletionStage<Void> enlist(String name, Delivery one, int seconds) {
    return session
        .executeAsync(
            enlist.bind(
                name,
                one.consumer(),
                one.kind().name(),
                one.id(),
                one.since(),
                one.attempts(),
                one.nextAt(),
                seconds))
        .thenApply(done -> null);
  }

  /** There is nothing more to tell. */
  CompletionStage<Void> forget(Delivery one) {
    return session
        .executeAsync(delist.bind(DUE, one.consumer(), one.kind().name(), one.id()))
        .thenApply(done -> null);
  }

  /**
   * It could not be told for too long.
   *
   * @param kept how long that is known
   */
  CompletionStage<Void> giveUp(Delivery one, Duration kept) {
    return enlist(GIVEN_UP, one, Math.toIntExact(Math.max(1, kept.toSeconds())))
        .thenCompose(done -> forget(one));
  }

  /** What is to be told. */
  CompletionStage<List<Delivery>> due() {
    return list(DUE);
  }

  /** What was given up, as long as that is known. */
  CompletionStage<List<Delivery>> givenUp() {
    return list(GIVEN_UP);
  }

  /** How much was given up. */
  public CompletionStage<Long> countGivenUp() {
    return givenUp().thenApply(found -> (long) found.size());
  }

  private CompletionStage<List<Delivery>> list(String name) {
    return session
        .executeAsync(list.bind(name))
        .thenCompose(AllRows::of)
        .thenApply(rows -> rows.stream().map(CallbackTable::delivery).toList());
  }

  private static Delivery delivery(Row row) {
    return new Delivery(
        row.getString("consumer"),
        Kind.valueOf(row.getString("kind")),
        row.getString("id"),
        row.getInstant("since"),
        row.getInt("attempts"),
        row.getInstant("next_at"));
  }
}
