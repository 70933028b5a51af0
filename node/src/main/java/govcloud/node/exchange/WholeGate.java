package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.Message.Given;
import govcloud.node.exchange.Source.Question;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The gateway before streams: what is asked for at once is let out piece by piece, and looked at
 * again as long as it runs.
 */
final class WholeGate {

  /** How often it is looked whether a running stream may go on. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Gateway gateway;
  private final Records records;
  private final BiPredicate<Agreed, Mode> reachable;
  private final Supplier<String> nonces;

  /**
   * A gate.
   *
   * @param reachable from where what is agreed on can come, and in which mode
   * @param nonces random digits
   */
  WholeGate(
      Gateway gateway,
      Records records,
      BiPredicate<Agreed, Mode> reachable,
      Supplier<String> nonces) {
    this.gateway = gateway;
    this.records = records;
    this.reachable = reachable;
    this.nonces = nonces;
  }

  /** What was agreed on, if the gate lets it through now; else it fails, and that is recorded. */
  CompletionStage<Gateway.Look> open(Message message) {
    return gateway
        .look(message)
        .thenCompose(
            look -> {
              if (look.ruling().refusal().isPresent()) {
                return refused(message, look.ruling().refusal().get());
              }
              if (!reachable.test(look.agreed(), mode(message))) {
                throw elsewhere(message, look.agreed());
              }
              return CompletableFuture.completedStage(look);
            });
  }

  private static RuntimeException elsewhere(Message message, Agreed agreed) {
    return Problem.of(
            Refusal.of(
                ExchangeRefusal.EXCHANGE_MODE_NOT_AGREED,
                "agreement: %s, of cloud %s, from which no %s comes (expected: one with a connection)"
                    .formatted(agreed.id(), agreed.cloud().orElse(""), word(message))))
        .asException();
  }

  /** Fails with the problem that says why not, once that is recorded. */
  <T> CompletionStage<T> refused(Message message, Refusal why) {
    return ask(message, Given.refused(mode(message), why))
        .thenApply(
            outcome -> {
              throw new IllegalStateException("let out: " + outcome.record().id());
            });
  }

  /** Fails with the problem that says why not. */
  CompletionStage<Outcome> ask(Message message, Given given) {
    return gateway
        .query(whole(message, given))
        .thenApply(
            outcome -> {
              if (outcome.refusal().isPresent()) {
                throw ExchangeRoutes.refused(outcome);
              }
              return outcome;
            });
  }

  /** What came of a piece. */
  CompletionStage<Outcome> ask(Message message, Piece piece) {
    return gateway.query(
        message.part(
            standsIn(message),
            piece.subject().isEmpty() ? message.subject() : piece.subject(),
            message.id() + "/" + piece.name(),
            Given.of(mode(message), piece),
            nonces.get()));
  }

  /** Says nothing as long as the gate lets it through; then once why not, which is recorded. */
  Source<Outcome, NotUsed> watch(Message message) {
    return Source.tick(LOOK, LOOK, message)
        .mapMaterializedValue(timer -> NotUsed.getInstance())
        .mapAsync(1, gateway::look)
        .filter(look -> look.ruling().refusal().isPresent())
        .mapAsync(1, look -> gateway.query(whole(message, message.given().orElseThrow())))
        .filter(outcome -> outcome.refusal().isPresent());
  }

  /** What another cloud is asked for. */
  Question question(Message message, Gateway.Look look) {
    var whole = whole(message, Given.nothing(mode(message)));
    return new Question(whole, look.agreed(), look.cited(), look.ruling());
  }

  /** The message under which a whole is recorded. */
  private Message whole(Message message, Given given) {
    return message.part(standsIn(message), message.subject(), message.id(), given, nonces.get());
  }

  private static Mode mode(Message message) {
    return message.given().flatMap(Given::mode).orElseThrow();
  }

  private static String word(Message message) {
    return mode(message).name().toLowerCase(Locale.ROOT);
  }

  private String standsIn(Message message) {
    return word(message) + ":" + records.idOf(message.consumer(), message.id());
  }
}
