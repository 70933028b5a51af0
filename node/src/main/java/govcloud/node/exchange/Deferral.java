package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.exchange.DeferredQuery.State;
import govcloud.node.http.Failures;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries whose provider is away are kept and asked again until it answers, under whatever holds
 * then. Only then is anything recorded, as of any other query: the message is the same one, so it
 * is one exchange however often it is asked.
 */
final class Deferral {

  private static final Logger LOG = LoggerFactory.getLogger(Deferral.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 5;
  private static final int AT_ONCE = 200;
  private static final String QUERY = "query";
  private static final String ANSWER = "answer";

  /** A list may name a query so long before the query is there. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private final Gateway gateway;
  private final Records records;
  private final DeferredTable table;
  private final KeptJson seal;
  private final Duration term;
  private final Duration kept;
  private final int most;
  private final InstantSource clock;

  /**
   * Queries of one ledger.
   *
   * @param term how long a provider is waited for
   * @param kept how long it is kept what came of a query
   * @param most queries of one department that may wait
   */
  Deferral(
      Gateway gateway,
      Records records,
      DeferredTable table,
      LedgerKey key,
      Duration term,
      Duration kept,
      int most,
      InstantSource clock) {
    this.gateway = gateway;
    this.records = records;
    this.table = table;
    this.seal = new KeptJson(key);
    this.term = term;
    this.kept = kept;
    this.most = most;
    this.clock = clock;
  }

  /**
   * What came of a query at once.
   *
   * @param outcome none: its provider is away
   * @param deferred none: its provider has answered
   */
  record Asked(Optional<Outcome> outcome, Optional<DeferredQuery> deferred) {}

  /** Id under which a query is kept. */
  String idOf(Message message) {
    return records.idOf(message.consumer(), message.id());
  }

  /** Asks, and keeps the query if its provider is away; one that is kept is not asked here. */
  CompletionStage<Asked> ask(Message message) {
    var id = idOf(message);
    return table
        .find(message.consumer(), id)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(same(found.get(), message))
                    : first(id, message));
  }

  private static Asked same(DeferredQuery found, Message message) {
    if (!found.requestHash().equals(message.requestHash())) {
      throw Problem.of(
              Refusal.of(
                  ExchangeRefusal.EXCHANGE_MESSAGE_REUSED,
                  "message: used for another query (expected: an id of its own for each)"))
          .asException();
    }
    return new Asked(Optional.empty(), Optional.of(found));
  }

  /** Nobody is asked for whom nothing could be kept: by file the query would already be gone. */
  private CompletionStage<Asked> first(String id, Message message) {
    return table
        .countWaiting(message.consumer())
        .thenCompose(
            waiting ->
                waiting < most
                    ? gateway.query(message.waiting())
                    : CompletableFuture.failedStage(full(message, waiting)))
        .thenApply(outcome -> new Asked(Optional.of(outcome), Optional.empty()))
        .exceptionallyCompose(
            failure ->
                Failures.cause(failure) instanceof ProviderAwayException
                    ? accept(id, message)
                    : CompletableFuture.failedStage(failure));
  }

  private RuntimeException full(Message message, long waiting) {
    return Problem.of(
            Refusal.of(
                    ExchangeRefusal.EXCHANGE_WAITING_FULL,
                    "queries of %s that wait: %d (expected: less than %d)"
                        .formatted(message.consumer(), waiting, most))
                .with("retry_after", Long.toString(LONGEST_PAUSE.toSeconds())))
        .asException();
  }

  private CompletionStage<Asked> accept(String id, Message message) {
    // As Cassandra keeps it.
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var query =
        new DeferredQuery(
            message.consumer(),
            id,
            message.agreement(),
            message.actor().person(),
            message.requestHash(),
            now,
            now.plus(term),
            State.WAITING,
            1,
            now.plus(FIRST_PAUSE),
            "",
            seal.close(message.consumer(), id, QUERY, MessageJson.write(message)),
            "");
    return table
        .accept(query, term.plus(kept))
        .thenCompose(
            fresh ->
                fresh
                    ? CompletableFuture.completedStage(query)
                    : table.find(message.consumer(), id).thenApply(Optional::orElseThrow))
        .thenApply(there -> same(there, message));
  }

  /** Asks the providers of those that wait and whose time has come, the longest ones first. */
  CompletionStage<Void> deliver() {
    var now = clock.instant();
    return table
        .waiting()
        .thenCompose(
            listed ->
                CompletableFuture.allOf(
                    listed.stream()
                        .filter(one -> !one.at().isAfter(now))
                        .sorted(Comparator.comparing(DeferredTable.Listed::at))
                        .limit(AT_ONCE)
                        .map(one -> deliver(one, now).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
  }

  /** What goes wrong with one keeps no other from its delivery. */
  private CompletionStage<Void> deliver(DeferredTable.Listed listed, Instant now) {
    return table
        .find(listed.consumer(), listed.id())
        .thenCompose(
            found -> {
              if (found.filter(one -> one.state() == State.WAITING).isPresent()) {
                return deliver(found.get(), now);
              }
              return found.isPresent() || listed.at().plus(UNDER_WAY).isBefore(now)
                  ? table.forget(listed.consumer(), listed.id())
                  : CompletableFuture.<Void>completedStage(null);
            })
        .exceptionally(
            failure -> {
              LOG.warn("deferred query {}: {}", listed.id(), cause(failure));
              return null;
            });
  }

  private CompletionStage<Void> deliver(DeferredQuery query, Instant now) {
    var last = !now.isBefore(query.until());
    return CompletableFuture.completedStage(query)
        .thenApply(one -> MessageJson.read(seal.open(one.consumer(), one.id(), QUERY, one.query())))
        .thenCompose(
            message ->
                gateway.query(last ? message.comingByItself() : message.comingByItself().waiting()))
        .handle((outcome, failure) -> after(query, outcome, failure, last))
        .thenCompose(
            next ->
                next.state() == State.WAITING
                    ? table.attempted(next, left(query, now))
                    : table.settle(next, now, kept));
  }

  private Duration left(DeferredQuery query, Instant now) {
    return Duration.between(now, query.until().plus(kept));
  }

  private DeferredQuery after(
      DeferredQuery query, Outcome outcome, Throwable failure, boolean last) {
    if (failure == null) {
      return query.settled(
          state(outcome, last),
          outcome.refusal().map(Refusal::code).orElse(""),
          seal.close(
              query.consumer(), query.id(), ANSWER, Json.mapper().valueToTree(told(outcome))));
    }
    var unknown = ExchangeRefusal.EXCHANGE_AGREEMENT_UNKNOWN.name();
    if (Failures.cause(failure) instanceof ProblemException problem
        && (last || problem.problem().code().equals(unknown))) {
      return query.settled(last ? State.UNDELIVERED : State.REFUSED, problem.problem().code(), "");
    }
    LOG.info("deferred query {}: not yet: {}", query.id(), cause(failure));
    return query.again(clock.instant().plus(pause(query.attempts())));
  }

  private static State state(Outcome outcome, boolean last) {
    if (outcome.refusal().isEmpty()) {
      return State.DELIVERED;
    }
    var away = ExchangeRefusal.EXCHANGE_PROVIDER_AWAY.name();
    return last && outcome.refusal().get().code().equals(away) ? State.UNDELIVERED : State.REFUSED;
  }

  static Duration pause(int attempts) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static Object told(Outcome outcome) {
    return outcome.refusal().isPresent()
        ? ExchangeShape.refusal(outcome)
        : ExchangeShape.answer(outcome);
  }

  /**
   * A department's query, and what came of it.
   *
   * @param told as it would have been answered; none: it waits, or nothing can be told
   */
  record Found(DeferredQuery query, Optional<JsonNode> told) {}

  /** One of them; none: there is none, or it is forgotten. */
  CompletionStage<Optional<Found>> find(String consumer, String id) {
    return table
        .find(consumer, id)
        .thenApply(
            found ->
                found.map(
                    query ->
                        new Found(
                            query,
                            Optional.of(query.answer())
                                .filter(text -> !text.isEmpty())
                                .map(
                                    text ->
                                        seal.open(query.consumer(), query.id(), ANSWER, text)))));
  }

  DeferredTable table() {
    return table;
  }

  private static String cause(Throwable failure) {
    return String.valueOf(Failures.cause(failure));
  }
}
