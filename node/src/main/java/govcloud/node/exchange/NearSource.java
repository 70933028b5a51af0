package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.release.Release;
import govcloud.node.http.Failures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Departments of this cloud: their records, as far as the agreement lets them out. */
final class NearSource implements Source {

  private final Provider provider;
  private final Function<Agreed, byte[]> hashKeys;
  private final AnswerForm form = new AnswerForm();

  /**
   * A source.
   *
   * @param hashKeys of values that are told apart and not told, for each agreement its own
   */
  NearSource(Provider provider, Function<Agreed, byte[]> hashKeys) {
    this.provider = provider;
    this.hashKeys = hashKeys;
  }

  @Override
  public CompletionStage<Given> ask(Question question, Instant until) {
    return question
        .message()
        .given()
        .map(known -> CompletableFuture.completedStage(known(question, known)))
        .orElseGet(
            () ->
                provider
                    .records(question.agreed(), question.message().subject(), until)
                    .thenApply(
                        found -> given(question, own(question, found.records()), found.asOf()))
                    .exceptionallyCompose(failure -> malformed(question, failure)));
  }

  private static CompletionStage<Given> malformed(Question question, Throwable failure) {
    return Failures.cause(failure) instanceof MalformedAnswerException wrong
        ? CompletableFuture.completedStage(
            Given.refused(
                Refusal.of(ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED, wrong.getMessage()),
                signed(question)))
        : CompletableFuture.failedStage(failure);
  }

  private static Map<String, String> signed(Question question) {
    return question.message().far().map(Message.Far::evidence).orElse(Map.of());
  }

  private Given known(Question question, Message.Given known) {
    return known
        .fault()
        .map(fault -> Given.refused(fault, Map.of()))
        .orElseGet(
            () ->
                given(
                    question,
                    known.mode().isPresent()
                        ? AnswerForm.known(known.records(), question.agreed())
                        : own(question, known.records()),
                    Optional.empty()));
  }

  private AnswerForm.Looked own(Question question, List<ObjectNode> found) {
    return form.own(found, question.agreed(), question.message().subject());
  }

  private Given given(Question question, AnswerForm.Looked looked, Optional<Instant> asOf) {
    var signed = signed(question);
    if (looked.fault().isPresent()) {
      return Given.refused(
          Refusal.of(ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED, looked.fault().get()), signed);
    }
    var release =
        Release.of(
            looked.passing(),
            question.ruling().fields(),
            question.message().claims(),
            hashKeys.apply(question.agreed()));
    return Given.of(release, signed, asOf);
  }
}
