package govcloud.node.exchange;

import govcloud.domain.sharing.Mode;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * All records at once, however many: they go through the gateway piece by piece, each recorded
 * before it leaves, and no faster than the consumer reads. What the gate does not let through any
 * more stops in the middle.
 */
final class WholeBatches {

  /** Pieces on their way through the gateway at the same time. */
  private static final int PIECES = 16;

  private final ActorSystem<?> system;
  private final WholeGate gate;
  private final WholeProvider provider;

  WholeBatches(ActorSystem<?> system, WholeGate gate, WholeProvider provider) {
    this.system = system;
    this.gate = gate;
    this.provider = provider;
  }

  /** The answers of the gateway to the pieces of a batch, in their order, up to a refusal. */
  CompletionStage<Source<Outcome, NotUsed>> batch(Message asked) {
    var message = asked.inMode(Mode.BATCH);
    return gate.open(message, agreed -> agreed.cloud().isEmpty())
        .thenApply(
            look ->
                provider
                    .records(look.agreed(), message.subject())
                    .orElse(Source.single(Piece.NOTHING))
                    .mapAsync(PIECES, piece -> gate.ask(message, piece))
                    .mergePreferred(gate.watch(message), true, true)
                    .takeWhile(outcome -> outcome.refusal().isEmpty(), true))
        .thenCompose(this::begun);
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
