package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.CitedCase;
import govcloud.exchange.gate.Explanation;
import govcloud.exchange.gate.Gate;
import govcloud.exchange.gate.Notice;
import govcloud.exchange.gate.Query;
import govcloud.exchange.gate.Ruling;
import govcloud.exchange.release.Release;
import govcloud.node.casework.SealedCases;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Failures;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to data of another department: agreement, case, fields, policy, provider, form of the
 * answer, masking, quota, record, and then the answer. Whatever stops it on the way is recorded as
 * well; what cannot be recorded is not let out.
 */
final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final CitedCases cases;
  private final AgreedTerms agreements;
  private final Source source;
  private final Quota quota;
  private final Records records;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * A gateway.
   *
   * @param patience how long a provider may take
   */
  Gateway(
      Entities entities,
      SealedCases cases,
      AgreedTerms agreements,
      Source source,
      Quota quota,
      Records records,
      Duration patience,
      InstantSource clock) {
    this.cases = new CitedCases(entities, cases);
    this.agreements = agreements;
    this.source = source;
    this.quota = quota;
    this.records = records;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * One query on its way: what is known of it so far.
   *
   * @param signed what another cloud has signed of it, by name
   */
  private record Passage(
      String id,
      Message message,
      Agreed agreed,
      CitedCase cited,
      Query query,
      Ruling ruling,
      Map<String, String> signed,
      Optional<Instant> asOf,
      Optional<ExchangeRecord> before) {

    Passage refused(Refusal refusal) {
      return new Passage(
          id, message, agreed, cited, query, ruling.refusedFor(refusal), signed, asOf, before);
    }

    Passage at(Turn turn) {
      return new Passage(
          turn.id(), message, agreed, cited, query, ruling, signed, asOf, turn.before());
    }

    Passage with(Source.Given given) {
      return new Passage(
          id, message, agreed, cited, query, ruling, given.signed(), given.asOf(), before);
    }
  }

  /**
   * Answers a query.
   *
   * @return what came of it, recorded; fails when it cannot be recorded, and for an agreement that
   *     this department has not, and with {@link ProviderAwayException} for a query that waits
   */
  CompletionStage<Outcome> query(Message message) {
    return agreed(message).thenCompose(agreed -> query(message, agreed));
  }

  private CompletionStage<Agreed> agreed(Message message) {
    return agreements
        .find(message.consumer(), message.agreement())
        .thenApply(
            found ->
                found
                    .filter(agreed -> agreed.terms().consumer().equals(message.consumer()))
                    // What this cloud has of another one is not passed on to a third.
                    .filter(agreed -> message.far().isEmpty() || agreed.cloud().isEmpty())
                    .orElseThrow(() -> unknown(message)));
  }

  /** What was agreed on, and what the gate says now of a query that is not made. */
  record Look(Agreed agreed, CitedCase cited, Ruling ruling) {}

  /** Looks whether a query would pass the gate; nothing is asked of anybody, nor recorded. */
  CompletionStage<Look> look(Message message) {
    return agreed(message)
        .thenCombine(
            cases.of(message),
            (agreed, cited) -> new Look(agreed, cited, begin(message, agreed, cited).ruling()));
  }

  /**
   * Whether the message came before is looked up while the provider is asked: that lets nothing
   * out, and nearly every message is new.
   */
  private CompletionStage<Outcome> query(Message message, Agreed agreed) {
    var turn = Turn.of(message, records);
    return cases
        .of(message)
        .thenCompose(
            cited -> {
              var passage = begin(message, agreed, cited);
              var found = Optional.of(passage).filter(this::isOpen).map(this::fetch);
              return turn.thenCompose(now -> go(passage.at(now), found));
            });
  }

  private static RuntimeException unknown(Message message) {
    return Problem.of(
            Refusal.of(
                ExchangeRefusal.EXCHANGE_AGREEMENT_UNKNOWN,
                "agreement: "
                    + message.agreement()
                    + " (expected: one of "
                    + message.consumer()
                    + ")"))
        .asException();
  }

  private Passage begin(Message message, Agreed agreed, CitedCase cited) {
    var query =
        new Query(
            message.consumer(),
            message.actor().person(),
            message.actor().role(),
            message.cited(),
            message.subject(),
            message.subjectKind(),
            message.fields(),
            clock.instant(),
            message.given().flatMap(Message.Given::mode));
    var passage =
        new Passage(
            "",
            message,
            agreed,
            cited,
            query,
            Gate.decide(agreed, cited, query),
            message.far().map(Message.Far::evidence).orElse(Map.of()),
            Optional.empty(),
            Optional.empty());
    return message
        .far()
        .filter(said -> !said.address().equals(agreed.address()))
        .map(said -> passage.refused(GateRefusals.otherTerms(said, agreed)))
        .orElse(passage);
  }

  /** Whether there is a reason to ask the provider, as far as is known without asking anybody. */
  private boolean isOpen(Passage passage) {
    return passage.ruling().permit()
        && (passage.agreed().cloud().isPresent()
            || !quota.isUsedUp(counted(passage), limit(passage), passage.query().at()));
  }

  private CompletionStage<Outcome> go(Passage passage, Optional<CompletionStage<Fetched>> found) {
    var before = passage.before();
    var hash = passage.message().requestHash();
    if (before.filter(record -> !record.requestHash().equals(hash)).isPresent()) {
      return refuse(passage.refused(GateRefusals.reused("used for another query")));
    }
    if (before.filter(record -> !record.permit()).isPresent() && passage.message().comesAgain()) {
      return CompletableFuture.completedStage(refusedBefore(passage, before.get()));
    }
    if (!passage.ruling().permit()) {
      return refuse(passage);
    }
    if (before.filter(record -> !record.permit()).isPresent()) {
      return refuse(passage.refused(GateRefusals.reused("refused before")));
    }
    if (before.isEmpty() && found.isEmpty()) {
      return refuse(passage.refused(GateRefusals.usedUp(limit(passage))));
    }
    return found.orElseGet(() -> fetch(passage)).thenCompose(some -> answer(passage, some));
  }

  private static Outcome refusedBefore(Passage passage, ExchangeRecord record) {
    var same =
        passage.ruling().refusal().filter(why -> why.code().equals(record.code())).isPresent()
            ? passage
            : passage.refused(GateRefusals.before(record));
    return outcome(same, record, Release.NOTHING, true);
  }

  private static String counted(Passage passage) {
    return passage.message().consumer() + "/" + passage.agreed().id();
  }

  private static long limit(Passage passage) {
    return passage.agreed().terms().quotaPerDay();
  }

  /** Goes on if so many records are left of the day; an answer without any counts as one. */
  private CompletionStage<Outcome> within(Passage passage, Release release) {
    return quota
        .take(
            counted(passage),
            Math.max(1, release.records().size()),
            limit(passage),
            passage.query().at())
        .thenCompose(
            free ->
                free
                    ? keep(passage, release)
                    : refuse(passage.refused(GateRefusals.usedUp(limit(passage)))));
  }

  /**
   * What a provider answered.
   *
   * @param failure why it did not, or null
   */
  private record Fetched(Source.Given given, Throwable failure) {}

  private CompletionStage<Fetched> fetch(Passage passage) {
    var question =
        new Source.Question(passage.message(), passage.agreed(), passage.cited(), passage.ruling());
    return source
        .ask(question, clock.instant().plus(patience))
        .toCompletableFuture()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(Fetched::new);
  }

  private CompletionStage<Outcome> away(Passage passage, Throwable failure) {
    if (Failures.cause(failure) instanceof NotReadYetException yet) {
      return CompletableFuture.failedStage(yet);
    }
    if (passage.message().waits()) {
      return CompletableFuture.failedStage(
          new ProviderAwayException(passage.agreed().terms().provider(), cause(failure)));
    }
    LOG.warn("provider of {}: no answer: {}", passage.agreed().id(), cause(failure));
    var provider = passage.agreed().terms().provider();
    return refuse(passage.refused(GateRefusals.away(provider, patience, Failures.cause(failure))));
  }

  private CompletionStage<Outcome> answer(Passage passage, Fetched fetched) {
    if (fetched.failure() != null) {
      return away(passage, fetched.failure());
    }
    var given = fetched.given();
    var told = passage.with(given);
    if (given.refusal().isPresent()) {
      return refuse(told.refused(given.refusal().get()));
    }
    // Another cloud has counted what it gave.
    return passage.before().isPresent() || passage.agreed().cloud().isPresent()
        ? keep(told, given.release())
        : within(told, given.release());
  }

  private CompletionStage<Outcome> keep(Passage passage, Release release) {
    var before = passage.before();
    if (before.isPresent()) {
      return Records.commitsTo(before.get(), release.columns())
          ? CompletableFuture.completedStage(outcome(passage, before.get(), release, true))
          : refuse(passage.refused(GateRefusals.reused("the data have changed since")));
    }
    return recorded(passage.id(), passage, release)
        .thenCompose(
            kept ->
                kept.commitsTo(release)
                    ? CompletableFuture.completedStage(
                        outcome(passage, kept.record(), release, false))
                    : refuse(passage.refused(GateRefusals.reused("answered meanwhile"))));
  }

  private static Outcome outcome(
      Passage passage, ExchangeRecord record, Release release, boolean replayed) {
    return new Outcome(
        record,
        passage.ruling().refusal(),
        release.records(),
        Explanation.of(passage.agreed(), passage.ruling()),
        replayed,
        Notice.of(passage.agreed().terms()),
        passage.asOf());
  }

  /** A message that has its record gets another one for what is refused now. */
  private CompletionStage<Outcome> refuse(Passage passage) {
    if (passage.message().given().isPresent()) {
      return refuseGiven(passage);
    }
    var id =
        passage.before().isPresent() || isReused(passage)
            ? records.idOf(passage.message().consumer(), passage.message().nonce())
            : passage.id();
    return recorded(id, passage, Release.NOTHING)
        .thenApply(kept -> outcome(passage, kept.record(), Release.NOTHING, false));
  }

  /** What is known is told later, when nothing is against it; each reason is recorded once. */
  private CompletionStage<Outcome> refuseGiven(Passage passage) {
    var consumer = passage.message().consumer();
    var why = passage.ruling().refusal().orElseThrow().code();
    var id = records.idOf(consumer, passage.message().id() + "/" + why);
    return records
        .find(consumer, id)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(found.get())
                    : recorded(id, passage, Release.NOTHING).thenApply(Records.Kept::record))
        .thenApply(record -> outcome(passage, record, Release.NOTHING, false));
  }

  private static boolean isReused(Passage passage) {
    var reused = ExchangeRefusal.EXCHANGE_MESSAGE_REUSED.name();
    return passage.ruling().refusal().filter(why -> why.code().equals(reused)).isPresent();
  }

  private CompletionStage<Records.Kept> recorded(String id, Passage passage, Release release) {
    var draft =
        new Records.Draft(
            id,
            passage.message(),
            passage.agreed(),
            passage.query(),
            passage.ruling(),
            release,
            passage.signed());
    return CompletableFuture.completedStage(draft)
        .thenCompose(records::keep)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    Failures.cause(failure) instanceof ProblemException known
                        ? known
                        : notRecorded(failure)));
  }

  private static RuntimeException notRecorded(Throwable failure) {
    LOG.error("ledger: an entry could not be recorded: {}", cause(failure));
    return Problem.of(
            BorderCode.EXCHANGE_NOT_RECORDED,
            "ledger: takes no entry at the moment (expected: a record of each query)")
        .header("Retry-After", "5")
        .asException();
  }

  private static String cause(Throwable failure) {
    return String.valueOf(Failures.cause(failure));
  }
}
