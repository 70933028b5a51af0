package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.casework.CaseState;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.CitedCase;
import govcloud.exchange.gate.Explanation;
import govcloud.exchange.gate.Gate;
import govcloud.exchange.gate.Query;
import govcloud.exchange.gate.Ruling;
import govcloud.exchange.release.Release;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Failures;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to data of another department: agreement, case, fields, policy, quota, provider, form
 * of the answer, masking, record, and then the answer. Whatever stops it on the way is recorded as
 * well; what cannot be recorded is not let out.
 */
final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Entities entities;
  private final AgreedTerms agreements;
  private final Provider provider;
  private final Quota quota;
  private final Records records;
  private final Function<Agreed, byte[]> hashKeys;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * A gateway.
   *
   * @param hashKeys of values that are told apart and not told, for each agreement its own
   * @param patience how long a provider may take
   */
  Gateway(
      Entities entities,
      AgreedTerms agreements,
      Provider provider,
      Quota quota,
      Records records,
      Function<Agreed, byte[]> hashKeys,
      Duration patience,
      InstantSource clock) {
    this.entities = entities;
    this.agreements = agreements;
    this.provider = provider;
    this.quota = quota;
    this.records = records;
    this.hashKeys = hashKeys;
    this.patience = patience;
    this.clock = clock;
  }

  /** One query on its way: what is known of it so far. */
  private record Passage(
      String id,
      Message message,
      Agreed agreed,
      Query query,
      Ruling ruling,
      Optional<ExchangeRecord> before) {

    Passage refused(Refusal refusal) {
      return new Passage(id, message, agreed, query, ruling.refusedFor(refusal), before);
    }
  }

  /**
   * Answers a query.
   *
   * @return what came of it, recorded; fails when it cannot be recorded, and for an agreement that
   *     this department has not
   */
  CompletionStage<Outcome> query(Message message) {
    var id = records.idOf(message.consumer(), message.id());
    return agreements
        .find(message.consumer(), message.agreement())
        .thenApply(
            found ->
                found
                    .filter(agreed -> agreed.terms().consumer().equals(message.consumer()))
                    .orElseThrow(() -> unknown(message)))
        .thenCompose(
            agreed ->
                records
                    .find(message.consumer(), id)
                    .thenCombine(
                        cited(message),
                        (before, cited) -> begin(id, message, agreed, cited, before)))
        .thenCompose(this::go);
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

  private CompletionStage<CitedCase> cited(Message message) {
    return entities
        .<CaseState>read("case/" + message.consumer() + "/" + message.cited())
        .thenApply(
            answer -> {
              var state = answer.state();
              return answer.exists()
                  ? new CitedCase(
                      true,
                      state.finished(),
                      state.definition(),
                      state.status(),
                      state.assignee(),
                      Set.of(state.applicant().documentNumber()))
                  : CitedCase.NONE;
            });
  }

  private Passage begin(
      String id, Message message, Agreed agreed, CitedCase cited, Optional<ExchangeRecord> before) {
    var query =
        new Query(
            message.consumer(),
            message.actor().person(),
            message.actor().role(),
            message.cited(),
            message.subject(),
            message.subjectKind(),
            message.fields(),
            clock.instant());
    var ruling = Gate.decide(agreed, cited, query);
    var passage = new Passage(id, message, agreed, query, ruling, before);
    var reused = before.filter(b -> !b.requestHash().equals(message.requestHash())).isPresent();
    return reused ? passage.refused(reused("used for another query")) : passage;
  }

  private static Refusal reused(String what) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_MESSAGE_REUSED,
        "message: " + what + " (expected: an id of its own for each)");
  }

  private CompletionStage<Outcome> go(Passage passage) {
    if (!passage.ruling().permit()) {
      return refuse(passage);
    }
    if (passage.before().filter(before -> !before.permit()).isPresent()) {
      return refuse(passage.refused(reused("refused before")));
    }
    if (passage.before().isPresent()) {
      return fetch(passage);
    }
    return within(passage, 1, () -> fetch(passage));
  }

  /** Goes on if so many records are left of the day. */
  private CompletionStage<Outcome> within(
      Passage passage, long count, Supplier<CompletionStage<Outcome>> next) {
    var limit = passage.agreed().terms().quotaPerDay();
    return quota
        .take(
            passage.message().consumer() + "/" + passage.agreed().id(),
            count,
            limit,
            passage.query().at())
        .thenCompose(
            free ->
                free
                    ? next.get()
                    : refuse(
                        passage.refused(
                            Refusal.of(
                                    ExchangeRefusal.EXCHANGE_QUOTA_USED,
                                    "records today: more than "
                                        + limit
                                        + " (expected: at most that)")
                                .with("retry_after", "3600"))));
  }

  private CompletionStage<Outcome> fetch(Passage passage) {
    return provider
        .records(passage.agreed(), passage.query().subject(), clock.instant().plus(patience))
        .toCompletableFuture()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (found, failure) -> failure == null ? answer(passage, found) : away(passage, failure))
        .thenCompose(next -> next);
  }

  private CompletionStage<Outcome> away(Passage passage, Throwable failure) {
    LOG.warn("provider of {}: no answer: {}", passage.agreed().id(), cause(failure));
    return refuse(
        passage.refused(
            Refusal.of(
                ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
                "provider: "
                    + passage.agreed().terms().provider()
                    + " does not answer (expected: within "
                    + patience.toMillis()
                    + " ms)")));
  }

  private CompletionStage<Outcome> answer(Passage passage, List<ObjectNode> found) {
    var agreed = passage.agreed();
    var malformed = AnswerForm.fault(found, agreed);
    if (malformed.isPresent()) {
      return refuse(
          passage.refused(Refusal.of(ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED, malformed.get())));
    }
    var passing =
        agreed.filter().isEmpty()
            ? found
            : found.stream().filter(agreed.filter().get()::passes).toList();
    var release =
        Release.of(
            passing, passage.ruling().fields(), passage.message().claims(), hashKeys.apply(agreed));
    return passage.before().isPresent() || passing.size() < 2
        ? keep(passage, release)
        : within(passage, passing.size() - 1L, () -> keep(passage, release));
  }

  private CompletionStage<Outcome> keep(Passage passage, Release release) {
    var before = passage.before();
    if (before.isPresent()) {
      return Records.commitsTo(before.get(), release.columns())
          ? CompletableFuture.completedStage(outcome(passage, before.get(), release, true))
          : refuse(passage.refused(reused("the data have changed since")));
    }
    return recorded(passage.id(), passage, release)
        .thenCompose(
            record ->
                Records.commitsTo(record, release.columns())
                    ? CompletableFuture.completedStage(outcome(passage, record, release, false))
                    : refuse(passage.refused(reused("answered meanwhile"))));
  }

  private static Outcome outcome(
      Passage passage, ExchangeRecord record, Release release, boolean replayed) {
    return new Outcome(
        record,
        passage.ruling().refusal(),
        release.records(),
        Explanation.of(passage.agreed(), passage.ruling()),
        replayed);
  }

  /** A message that has its record gets another one for what is refused now. */
  private CompletionStage<Outcome> refuse(Passage passage) {
    var id =
        passage.before().isPresent() || isReused(passage)
            ? records.idOf(passage.message().consumer(), passage.message().nonce())
            : passage.id();
    return recorded(id, passage, Release.NOTHING)
        .thenApply(record -> outcome(passage, record, Release.NOTHING, false));
  }

  private static boolean isReused(Passage passage) {
    var reused = ExchangeRefusal.EXCHANGE_MESSAGE_REUSED.name();
    return passage.ruling().refusal().filter(why -> why.code().equals(reused)).isPresent();
  }

  private CompletionStage<ExchangeRecord> recorded(String id, Passage passage, Release release) {
    var draft =
        new Records.Draft(
            id, passage.message(), passage.agreed(), passage.query(), passage.ruling(), release);
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
