package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.Mode;
import govcloud.node.http.Failures;
import govcloud.node.http.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All records at once, however many: they go through the gateway piece by piece, each recorded
 * before it leaves, and no faster than the consumer reads. What the gate does not let through any
 * more stops in the middle.
 */
final class WholeBatches {

  private static final Logger LOG = LoggerFactory.getLogger(WholeBatches.class);

  /** Pieces on their way through the gateway at the same time. */
  private static final int PIECES = 16;

  private final ActorSystem<?> system;
  private final WholeGate gate;
  private final WholeProvider provider;
  private final Optional<FarStreams> far;

  /**
   * Batches.
   *
   * @param far other clouds; none: no other is known
   */
  WholeBatches(
      ActorSystem<?> system, WholeGate gate, WholeProvider provider, Optional<FarStreams> far) {
    this.system = system;
    this.gate = gate;
    this.provider = provider;
    this.far = far;
  }

  /**
   * The answers of the gateway to the pieces of a batch, in their order, up to a refusal.
   *
   * @param most answers; where there are more, a refusal is behind them
   */
  CompletionStage<Source<Outcome, NotUsed>> batch(Message asked, long most) {
    var message = asked.inMode(Mode.BATCH);
    return gate.open(message)
        .thenCompose(look -> pieces(message, look))
        .thenApply(
            pieces ->
                atMost(most, pieces)
                    .mapAsync(PIECES, piece -> gate.ask(message, piece))
                    .mergePreferred(gate.watch(message), true, true)
                    .takeWhile(outcome -> outcome.refusal().isEmpty(), true))
        .thenCompose(this::begun);
  }

  /** What goes no further is refused before it is let out and recorded. */
  static Source<Piece, NotUsed> atMost(long most, Source<Piece, NotUsed> pieces) {
    return pieces
        .zipWithIndex()
        .takeWhile(one -> one.second() < most, true)
        .map(one -> one.second() < most ? one.first() : tooMany(most));
  }

  private static Piece tooMany(long most) {
    return Piece.ended(
        "most",
        Refusal.of(
            ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
            "batch: more than " + most + " answers (expected: at most so many through a gateway)"));
  }

  private CompletionStage<Source<Piece, NotUsed>> pieces(Message message, Gateway.Look look) {
    return look.agreed().cloud().isPresent()
        ? far.orElseThrow().batch(gate.question(message, look))
        : CompletableFuture.completedStage(
            provider
                .records(look.agreed(), message.subject())
                .orElse(Source.single(Piece.NOTHING)));
  }

  /** Whether a batch has failed because the gate knows no reason any more to let it through. */
  static boolean isCut(Throwable failure) {
    if (Failures.cause(failure) instanceof ProblemException known) {
      LOG.info("{}: a batch is cut", known.problem().code());
      return true;
    }
    return false;
  }

  /** What is refused before anything was let out is a refusal like any other. */
  private CompletionStage<Source<Outcome, NotUsed>> begun(Source<Outcome, NotUsed> outcomes) {
    return outcomes
        .prefixAndTail(1)
        .runWith(Sink.head(), system)
        .thenApply(
            begun -> {
              begun.first().stream()
                  .filter(first -> first.refusal().isPresent())
                  .forEach(
                      first -> {
                        throw ExchangeRoutes.refused(first);
                      });
              return Source.from(begun.first()).concat(begun.second());
            });
  }
}
