package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider.Kind;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.Explanation;
import govcloud.node.exchange.ChangeTable.Change;
import govcloud.node.exchange.CurrentRecords.Current;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tells departments of changes. Until somebody fetches a change nothing is kept of it but that
 * there is one: what the record says goes through the gateway then, under what holds then, like the
 * answer to a query. The same state of a record is the same message and one exchange.
 */
final class Subscriptions {

  /** Changes that are looked at for one page. */
  private static final int MOST = 50;

  private static final String PART = "subscription";

  /** What stops one record and no other. */
  private static final Set<String> OF_ONE_RECORD =
      Set.of(
          ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED.name(),
          ExchangeRefusal.EXCHANGE_MESSAGE_REUSED.name());

  private final Gateway gateway;
  private final CurrentRecords current;
  private final Records records;
  private final SubscriptionTable table;
  private final KeptJson seal;
  private final Supplier<String> nonces;
  private final Duration kept;
  private final InstantSource clock;

  /**
   * Subscriptions of one ledger.
   *
   * @param nonces random digits
   * @param kept how long a subscription is kept after its end
   */
  Subscriptions(
      Gateway gateway,
      CurrentRecords current,
      Records records,
      SubscriptionTable table,
      LedgerKey key,
      Supplier<String> nonces,
      Duration kept,
      InstantSource clock) {
    this.gateway = gateway;
    this.current = current;
    this.records = records;
    this.table = table;
    this.seal = new KeptJson(key);
    this.nonces = nonces;
    this.kept = kept;
    this.clock = clock;
  }

  SubscriptionTable table() {
    return table;
  }

  /**
   * Subscribes; the same message again is the same subscription.
   *
   * @param message what is wanted and because of which case; a subject alone limits it to that one
   * @param until when it ends; none: with the agreement
   */
  CompletionStage<Subscription> subscribe(Message message, Optional<Instant> until) {
    return gateway
        .look(message)
        .thenCompose(
            look -> {
              require(look.ruling().refusal().or(() -> unfit(look.agreed())));
              return table.add(subscription(message, look.agreed(), until), kept);
            })
        .thenApply(there -> same(there, message));
  }

  private static void require(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
  }

  private static RuntimeException refused(Refusal why) {
    var explanation = Explanation.refused(ExchangeRefusal.valueOf(why.code()));
    return Problem.of(why)
        .with("explanation", ExchangeShape.explanation(explanation))
        .asException();
  }

  /** Why changes cannot be told under these terms, whoever asks. */
  private static Optional<Refusal> unfit(Agreed agreed) {
    var resource = agreed.resource();
    if (agreed.cloud().isPresent()
        || resource.provider().kind() != Kind.APP
        || !resource.modes().contains(Mode.SUBSCRIPTION)) {
      return Optional.of(
          Refusal.of(
              ExchangeRefusal.EXCHANGE_CHANGES_NOT_OFFERED,
              "resource: %s of %s, modes %s (expected: an app of this cloud, with subscription)"
                  .formatted(resource.id(), resource.owner(), resource.modes())));
    }
    return agreed.terms().matters().isEmpty() && agreed.filter().isEmpty()
        ? Optional.of(
            Refusal.of(
                ExchangeRefusal.EXCHANGE_SUBSCRIPTION_UNBOUND,
                "agreement: " + agreed.id() + " (expected: with matters, or with a row filter)"))
        : Optional.empty();
  }

  private Subscription subscription(Message message, Agreed agreed, Optional<Instant> wanted) {
    // As Cassandra keeps it.
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var latest = agreed.terms().validUntil();
    var until =
        wanted.map(at -> at.truncatedTo(ChronoUnit.MILLIS)).filter(latest::isAfter).orElse(latest);
    if (!until.isAfter(now)) {
      throw refused(over("until: " + until));
    }
    var id = records.idOf(message.consumer(), PART + "\n" + message.id());
    return new Subscription(
        message.consumer(),
        id,
        agreed.id(),
        message.actor().person(),
        agreed.terms().provider(),
        agreed.resource().provider().app(),
        now,
        until,
        false,
        0,
        seal.close(message.consumer(), id, PART, MessageJson.write(message)));
  }

  private static Refusal over(String what) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_SUBSCRIPTION_ENDED, what + " (expected: later than now)");
  }

  private Subscription same(Subscription there, Message message) {
    if (!message(there).requestHash().equals(message.requestHash())) {
      throw refused(
          Refusal.of(
              ExchangeRefusal.EXCHANGE_MESSAGE_REUSED,
              "message: used for another subscription (expected: an id of its own for each)"));
    }
    return there;
  }

  /** What was subscribed to. */
  Message message(Subscription of) {
    return MessageJson.read(seal.open(of.consumer(), of.id(), PART, of.query()));
  }

  /** Notes that everything up to a change has arrived. */
  CompletionStage<Void> acknowledge(Subscription of, long sequence) {
    return acknowledged(of, sequence, clock.instant());
  }

  /** Ends a subscription. */
  CompletionStage<Void> end(Subscription one) {
    return table.end(one, kept);
  }

  /**
   * What came of a change.
   *
   * @param outcome recorded; a refusal concerns this record alone
   */
  record Told(Change change, Outcome outcome) {}

  /**
   * Changes in their order.
   *
   * @param next number of the change after which it goes on
   * @param more whether there may be more already
   */
  record Page(List<Told> told, long next, boolean more) {}

  /**
   * Changes after one.
   *
   * @param after number of the last change that the consumer has, which so is acknowledged; none:
   *     the last one that it has acknowledged
   * @param byItself whether nobody asks for them now
   * @return fails when they may not be told now, and when some of them are forgotten
   */
  CompletionStage<Page> changes(Subscription of, OptionalLong after, boolean byItself) {
    var now = clock.instant();
    if (!of.isActiveAt(now)) {
      return CompletableFuture.failedStage(refused(over("subscription: " + of.id() + " is over")));
    }
    return table
        .changes()
        .last(of.consumer(), of.id())
        .thenCompose(
            known -> {
              var last = known.orElse(0);
              var from = Math.min(after.orElse(of.acknowledged()), last);
              return acknowledged(of, from, now)
                  .thenCompose(done -> table.changes().after(of.consumer(), of.id(), from, MOST))
                  .thenCompose(changes -> tell(of, byItself, whole(changes, from, last), from));
            });
  }

  private CompletionStage<Void> acknowledged(Subscription of, long sequence, Instant now) {
    return sequence > of.acknowledged()
        ? table.acknowledge(of, sequence, now, kept)
        : CompletableFuture.completedStage(null);
  }

  private static List<Change> whole(List<Change> changes, long after, long last) {
    var first = changes.isEmpty() ? last + 1 : changes.get(0).sequence();
    if (first > after + 1) {
      throw refused(
          Refusal.of(
              ExchangeRefusal.EXCHANGE_CHANGES_FORGOTTEN,
              "changes: %d to %d are forgotten (expected: query again, then go on after %d)"
                  .formatted(after + 1, first - 1, first - 1)));
    }
    return changes;
  }

  /** Of a record that changes again on the page the last change alone is told. */
  private CompletionStage<Page> tell(
      Subscription of, boolean byItself, List<Change> changes, long after) {
    Map<String, Change> newest = new HashMap<>();
    changes.forEach(change -> newest.put(change.entity(), change));
    var message = byItself ? message(of).comingByItself() : message(of);
    return gateway
        .look(message)
        .thenCompose(
            look -> {
              CompletionStage<Telling> telling =
                  CompletableFuture.completedStage(
                      new Telling(of.id(), look.agreed(), message, after));
              for (var change : changes) {
                telling =
                    telling.thenCompose(
                        one ->
                            newest.get(change.entity()).equals(change)
                                ? one.tell(change)
                                : one.skip(change));
              }
              return telling.thenApply(one -> one.page(look.ruling().refusal(), changes.size()));
            });
  }

  /** One page as it is filled; it ends before what may not be told now. */
  private final class Telling {
    private final String subscription;
    private final Agreed agreed;
    private final Message message;
    private final List<Told> told = new ArrayList<>();
    private Optional<Outcome> stopped = Optional.empty();
    private long next;

    private Telling(String subscription, Agreed agreed, Message message, long after) {
      this.subscription = subscription;
      this.agreed = agreed;
      this.message = message;
      this.next = after;
    }

    private CompletionStage<Telling> skip(Change change) {
      if (stopped.isEmpty()) {
        next = change.sequence();
      }
      return CompletableFuture.completedStage(this);
    }

    private CompletionStage<Telling> tell(Change change) {
      return stopped.isPresent()
          ? CompletableFuture.completedStage(this)
          : current
              .current(agreed.resource(), change.entity())
              .thenCompose(
                  found ->
                      found
                          .filter(this::isWanted)
                          .map(record -> ask(change, record))
                          .orElseGet(() -> skip(change)));
    }

    /** What the filter leaves out is not told of: not even that it has changed. */
    private boolean isWanted(Current record) {
      return (message.subject().isEmpty() || message.subject().equals(record.subject()))
          && (agreed.filter().isEmpty() || agreed.filter().get().passes(record.record()));
    }

    private CompletionStage<Telling> ask(Change change, Current found) {
      var id =
          "%s@%d/%s/%s"
              .formatted(change.entity(), found.version(), agreed.address(), message.requestHash());
      return gateway
          .query(
              message.part(
                  "subscription:" + subscription,
                  found.subject(),
                  id,
                  Message.Given.change(found.record()),
                  nonces.get()))
          .thenCompose(outcome -> take(change, outcome));
    }

    private CompletionStage<Telling> take(Change change, Outcome outcome) {
      if (outcome.refusal().filter(why -> !OF_ONE_RECORD.contains(why.code())).isPresent()) {
        stopped = Optional.of(outcome);
        return CompletableFuture.completedStage(this);
      }
      told.add(new Told(change, outcome));
      return skip(change);
    }

    private Page page(Optional<Refusal> refusal, int looked) {
      if (told.isEmpty() && stopped.isPresent()) {
        throw ExchangeRoutes.refused(stopped.get());
      }
      if (told.isEmpty()) {
        require(refusal);
      }
      return new Page(List.copyOf(told), next, stopped.isPresent() || looked == MOST);
    }
  }
}
