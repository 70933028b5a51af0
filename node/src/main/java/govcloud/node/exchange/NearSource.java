package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.release.Release;
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
                    .thenApply(found -> given(question, found)));
  }

  private Given known(Question question, Message.Given known) {
    return known
        .fault()
        .map(fault -> Given.refused(fault, Map.of()))
        .orElseGet(() -> given(question, known.records()));
  }

  private Given given(Question question, List<ObjectNode> found) {
    var agreed = question.agreed();
    var signed = question.message().far().map(Message.Far::evidence).orElse(Map.of());
    var malformed = AnswerForm.fault(found, agreed);
    if (malformed.isPresent()) {
      return Given.refused(
          Refusal.of(ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED, malformed.get()), signed);
    }
    var passing =
        agreed.filter().isEmpty()
            ? found
            : found.stream().filter(agreed.filter().get()::passes).toList();
    var release =
        Release.of(
            passing,
            question.ruling().fields(),
            question.message().claims(),
            hashKeys.apply(agreed));
    return new Given(Optional.empty(), release, signed);
  }
}
