package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A batch on its way through a gateway: each of its answers is a message of its own with its
 * number, kept before the next one is asked for, and the last one says how many came before it. So
 * it needs no more memory than one of them. Whatever is interrupted is made again, and the last
 * answer names the run whose parts count.
 */
final class BundleParts {

  /** Member of each answer but the last one: its number, from 0 on. */
  static final String PART = "part";

  /** Member of the last answer: how many came before it. */
  static final String PARTS = "parts";

  /** Member of each answer: the run of which it is. */
  static final String RUN = "run";

  /**
   * Answers of one batch, beside a refusal as the last one; they are kept until the other cloud has
   * them.
   */
  static final int MOST = 20_000;

  private final CloudReception reception;
  private final KnownCloud caller;
  private final SignedMessage query;
  private final BundleRun run;
  private ObjectNode held;
  private int parts;

  private BundleParts(
      CloudReception reception, KnownCloud caller, SignedMessage query, BundleRun run) {
    this.reception = reception;
    this.caller = caller;
    this.query = query;
    this.run = run;
  }

  /** Whether a query is for a batch, which is answered by many messages. */
  static boolean areAskedForBy(SignedMessage query) {
    return query.text("/mode").equals(CloudStreams.BATCH);
  }

  /** The run of which an answer is; empty: it tells none. */
  static String run(SignedMessage answer) {
    return answer.text("/" + RUN);
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
      BundleRun run,
      Executor blocking,
      ActorSystem<?> system) {
    var all = new BundleParts(reception, caller, query, run);
    return bodies
        .mapAsync(1, body -> CompletableFuture.supplyAsync(() -> all.next(body), blocking))
        .takeWhile(more -> more)
        .runWith(Sink.ignore(), system)
        .thenApply(done -> all.last());
  }

  /** Tells whether there is to be more: behind an answer that is too large there is nothing. */
  private boolean next(ObjectNode body) {
    if (held != null) {
      var part = reception.answer(caller, query, named(held).put(PART, parts)).toBytes();
      if (part.length > CloudStreams.LARGEST_LINE) {
        held = tooLarge(part.length);
        return false;
      }
      run.take(parts, ByteString.copyFrom(part));
      parts++;
    }
    held = body;
    return true;
  }

  private ObjectNode named(ObjectNode body) {
    return body.put(RUN, run.id());
  }

  private SignedMessage last() {
    if (held == null || held.has("records")) {
      throw new IllegalStateException("batch: cut off (expected: an end, or why there is none)");
    }
    return reception.answer(caller, query, named(held).put(PARTS, parts));
  }

  private static ObjectNode tooLarge(int bytes) {
    return CloudReception.refusal(
        Refusal.of(
            ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
            "answer: %d bytes (expected: at most %d)".formatted(bytes, CloudStreams.LARGEST_LINE)));
  }
}
