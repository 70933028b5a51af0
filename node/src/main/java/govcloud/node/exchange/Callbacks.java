package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.exchange.Callback.Delivery;
import govcloud.node.exchange.Callback.Kind;
import govcloud.node.exchange.DeferredQuery.State;
import govcloud.node.http.Failures;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells departments of what they would otherwise have to ask for, at the address that they have
 * declared, signed like a request to this cloud (RFC 9421). What is told is made at that moment by
 * those who answer whoever asks: nothing leaves that could not be fetched.
 */
final class Callbacks {

  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  /** It may be entered so long before the query is there. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private final CallbackTable table;
  private final CallbackLine line;
  private final Deferral deferral;
  private final Subscriptions subscriptions;
  private final RecallTold recalls;
  private final Executor blocking;
  private final Duration term;
  private final Duration kept;
  private final InstantSource clock;

  /**
   * Callbacks.
   *
   * @param blocking may wait for others
   * @param term how long it is tried
   * @param kept how long it is known what was given up
   */
  Callbacks(
      CallbackTable table,
      CallbackLine line,
      Deferral deferral,
      Subscriptions subscriptions,
      RecallTold recalls,
      Executor blocking,
      Duration term,
      Duration kept,
      InstantSource clock) {
    this.table = table;
    this.line = line;
    this.deferral = deferral;
    this.subscriptions = subscriptions;
    this.recalls = recalls;
    this.blocking = blocking;
    this.term = term;
    this.kept = kept;
    this.clock = clock;
  }

  /** How the signatures of what is told name their key. */
  String keyId() {
    return line.keyId();
  }

  CallbackTable table() {
    return table;
  }

  private Instant now() {
    // As Cassandra keeps it.
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Declares where a department wants to be told. */
  CompletionStage<Callback> declare(String consumer, String address, String person) {
    var callback = new Callback(consumer, address, person, now());
    return CompletableFuture.runAsync(() -> require(address), blocking)
        .thenCompose(done -> table.declare(callback))
        .thenApply(done -> callback);
  }

  private void require(String address) {
    try {
      line.require(address);
    } catch (IOException e) {
      throw Problem.of(
              Refusal.of(ExchangeRefusal.EXCHANGE_CALLBACK_REFUSED, String.valueOf(e.getMessage())))
          .asException();
    }
  }

  private CompletionStage<Void> requireDeclared(String consumer) {
    return table
        .find(consumer)
        .thenAccept(
            found -> {
              if (found.isEmpty()) {
                throw Problem.of(
                        Refusal.of(
                            ExchangeRefusal.EXCHANGE_CALLBACK_UNDECLARED,
                            "callback of " + consumer + ": none (expected: an address)"))
                    .asException();
              }
            });
  }

  private Delivery delivery(String consumer, Kind kind, String id) {
    return new Delivery(consumer, kind, id, now(), 0, now());
  }

  /** Asks as {@link Deferral#ask}, and tells what became of a query that is kept. */
  CompletionStage<Deferral.Asked> ask(Message message) {
    var one = delivery(message.consumer(), Kind.DEFERRED, deferral.idOf(message));
    return requireDeclared(message.consumer())
        .thenCompose(done -> table.enlist(one))
        .thenCompose(done -> deferral.ask(message))
        .thenCompose(
            asked ->
                asked.deferred().isPresent()
                    ? CompletableFuture.completedStage(asked)
                    : table.forget(one).thenApply(done -> asked));
  }

  /** Subscribes as {@link Subscriptions#subscribe}, and tells the changes. */
  CompletionStage<Subscription> subscribe(Message message, Optional<Instant> until) {
    return requireDeclared(message.consumer())
        .thenCompose(done -> subscriptions.subscribe(message, until))
        .thenCompose(
            there ->
                table
                    .enlist(delivery(there.consumer(), Kind.CHANGES, there.id()))
                    .thenApply(done -> there));
  }

  /** Tells what there is to tell and whose time has come, the longest ones first. */
  CompletionStage<Void> deliver() {
    var now = now();
    return table
        .due()
        .thenCompose(
            due ->
                CompletableFuture.allOf(
                    due.stream()
                        .filter(one -> !one.nextAt().isAfter(now))
                        .sorted(Comparator.comparing(Delivery::nextAt))
                        .map(one -> deliver(one, now).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
  }

  /** What goes wrong with one keeps no other from its delivery. */
  private CompletionStage<Void> deliver(Delivery one, Instant now) {
    return content(one, now)
        .thenCompose(content -> content.isPresent() ? tell(one, content.get()) : nothing())
        .exceptionallyCompose(failure -> later(one, failure))
        .exceptionally(
            failure -> {
              LOG.warn("callback of {}: {}", one.consumer(), cause(failure));
              return null;
            });
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }

  /**
   * What is told.
   *
   * @param key the same for the same
   * @param received what is noted when it has arrived
   */
  private record Content(
      String key, Map<String, Object> body, Supplier<CompletionStage<Void>> received) {}

  /** None: there is nothing to tell yet, or any more. */
  private CompletionStage<Optional<Content>> content(Delivery one, Instant now) {
    return switch (one.kind()) {
      case DEFERRED -> deferred(one, now);
      case CHANGES -> changes(one, now);
      case RECALL -> recall(one, now);
    };
  }

  private CompletionStage<Optional<Content>> recall(Delivery one, Instant now) {
    return recalls
        .of(one.id(), one.consumer())
        .thenCompose(
            told -> {
              if (told.isEmpty()) {
                return one.since().plus(UNDER_WAY).isBefore(now) ? none(table.forget(one)) : none();
              }
              return CompletableFuture.completedStage(
                  told.map(
                      telling ->
                          new Content(
                              telling.key(), telling.body(), () -> recalled(one, telling))));
            });
  }

  /**
   * Notes that a recall was told. A case that was named meanwhile was entered in the same place, so
   * it is looked before that goes, and after that for what was entered between the two.
   */
  private CompletionStage<Void> recalled(Delivery one, RecallTold.Telling told) {
    return hasMore(one, told)
        .thenCompose(
            more ->
                more
                    ? table.enlist(one.afresh(now()))
                    : table
                        .forget(one)
                        .thenCompose(done -> hasMore(one, told))
                        .thenCompose(late -> late ? table.enlist(one.afresh(now())) : nothing()));
  }

  private CompletionStage<Boolean> hasMore(Delivery one, RecallTold.Telling told) {
    return recalls
        .of(one.id(), one.consumer())
        .thenApply(now -> now.filter(telling -> telling.goesBeyond(told)).isPresent());
  }

  private CompletionStage<Optional<Content>> deferred(Delivery one, Instant now) {
    return deferral
        .find(one.consumer(), one.id())
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return one.since().plus(UNDER_WAY).isBefore(now) ? none(table.forget(one)) : none();
              }
              var query = found.get();
              return query.query().state() == State.WAITING
                  ? none()
                  : CompletableFuture.completedStage(
                      Optional.of(
                          new Content(
                              one.id(),
                              new Fields()
                                  .with("kind", "deferred-query")
                                  .with("deferred", DeferredRoutes.shape(query))
                                  .map(),
                              () -> table.forget(one))));
            });
  }

  private static CompletionStage<Optional<Content>> none() {
    return CompletableFuture.completedStage(Optional.empty());
  }

  private static CompletionStage<Optional<Content>> none(CompletionStage<Void> noted) {
    return noted.thenApply(done -> Optional.empty());
  }

  private CompletionStage<Optional<Content>> changes(Delivery one, Instant now) {
    return subscriptions
        .table()
        .find(one.consumer(), one.id())
        .thenCompose(
            found -> {
              if (found.filter(there -> there.isActiveAt(now)).isEmpty()) {
                return none(table.forget(one));
              }
              var subscription = found.get();
              return subscriptions
                  .table()
                  .changes()
                  .last(one.consumer(), one.id())
                  .thenCompose(
                      last ->
                          last.orElse(0) > subscription.acknowledged()
                              ? page(one, subscription)
                              : none());
            });
  }

  private CompletionStage<Optional<Content>> page(Delivery one, Subscription of) {
    return subscriptions
        .changes(of, OptionalLong.empty(), true)
        .thenCompose(
            page ->
                page.told().isEmpty()
                    ? none(subscriptions.acknowledge(of, page.next()))
                    : CompletableFuture.completedStage(
                        Optional.of(
                            new Content(
                                of.id() + "-" + page.next(),
                                new Fields()
                                    .with("kind", "changes")
                                    .with("subscription", of.id())
                                    .with("page", SubscriptionRoutes.shape(page))
                                    .map(),
                                () ->
                                    subscriptions
                                        .acknowledge(of, page.next())
                                        .thenCompose(done -> table.enlist(one.afresh(now())))))));
  }

  private CompletionStage<Void> tell(Delivery one, Content content) {
    return table
        .find(one.consumer())
        .thenApplyAsync(found -> post(found, content), blocking)
        .thenCompose(status -> content.received().get());
  }

  /** Fails unless it has arrived. */
  private int post(Optional<Callback> callback, Content content) {
    try {
      var address = callback.orElseThrow(() -> new IOException("no address is declared")).address();
      var body = Json.mapper().writeValueAsBytes(content.body());
      var status = line.post(address, content.key(), body);
      if (status / 100 != 2) {
        throw new IOException("status " + status + " (expected: 2xx)");
      }
      return status;
    } catch (IOException e) {
      throw new CallbackFailed(e);
    }
  }

  private static final class CallbackFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallbackFailed(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** What may not be told now is tried for ever; what nobody takes is given up. */
  private CompletionStage<Void> later(Delivery one, Throwable failure) {
    var now = now();
    LOG.info("callback of {}: not yet: {}", one.consumer(), cause(failure));
    var counted =
        one.attempts() == 0 || Failures.cause(failure) instanceof ProblemException
            ? new Delivery(one.consumer(), one.kind(), one.id(), now, one.attempts(), now)
            : one;
    return counted.since().plus(term).isBefore(now)
        ? table.giveUp(counted, kept)
        : table.enlist(counted.again(now.plus(Deferral.pause(one.attempts()))));
  }

  private static String cause(Throwable failure) {
    return String.valueOf(Failures.cause(failure));
  }
}
