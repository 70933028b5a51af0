package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A batch on its way through a gateway: each of its answers is a message of its own with its
 * number, kept before the next one is asked for, and the last one says how many came before it. So
 * it needs no more memory than one of them, and whatever is interrupted is made again under the
 * same names.
 */
final class BundleParts {

  /** Member of each answer but the last one: its number, from 0 on. */
  static final String PART = "part";

  /** Member of the last answer: how many came before it. */
  static final String PARTS = "parts";

  /** Answers of one batch; they are kept until the other cloud has them. */
  static final int MOST = 20_000;

  private final CloudReception reception;
  private final KnownCloud caller;
  private final SignedMessage query;
  private final Taker taker;
  private ObjectNode held;
  private int parts;

  /** Keeps an answer until it is sent. */
  @FunctionalInterface
  interface Taker {
    void take(int number, ByteString answer);
  }

  private BundleParts(
      CloudReception reception, KnownCloud caller, SignedMessage query, Taker taker) {
    this.reception = reception;
    this.caller = caller;
    this.query = query;
    this.taker = taker;
  }

  /**
   * Keeps all answers but the last one.
   *
   * @param bodies what they say, the last of them that it is the end, or why there are no more
   * @param blocking where it may be waited until they are kept
   * @return the last one; fails where the batch was cut off
   */
  static CompletionStage<SignedMessage> keep(
      Source<ObjectNode, NotUsed> bodies,
      CloudReception reception,
      KnownCloud caller,
      SignedMessage query,
      Taker taker,
      Executor blocking,
      ActorSystem<?> system) {
    var all = new BundleParts(reception, caller, query, taker);
    return bodies
        .mapAsync(
            1,
            body ->
                CompletableFuture.runAsync(() -> all.next(body), blocking)
                    .thenApply(kept -> Done.getInstance()))
        .runWith(Sink.ignore(), system)
        .thenApply(done -> all.last());
  }

  /** What was let out beyond the limit stays here, as it does behind the line of a cut. */
  private void next(ObjectNode body) {
    if (held != null) {
      if (parts < MOST) {
        var part = reception.part(caller, query, held.put(PART, parts), CloudStreams.LARGEST_LINE);
        taker.take(parts, ByteString.copyFrom(part));
      }
      parts++;
    }
    held = body;
  }

  private SignedMessage last() {
    if (held == null || held.has("records")) {
      throw new IllegalStateException("batch: cut off (expected: an end, or why there is none)");
    }
    var last = parts > MOST ? tooMany() : held;
    return reception.answer(caller, query, last.put(PARTS, Math.min(parts, MOST)));
  }

  private static ObjectNode tooMany() {
    return CloudReception.refusal(
        Refusal.of(
            ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
            "batch: more than " + MOST + " answers (expected: at most so many through a gateway)"));
  }
}
