package govcloud.node.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Answers that go on for long, such as streams of events and files. The door is asked again while
 * they do: a session that is over, or a role that was taken away, ends them. A stream of events
 * says why in its last event; anything else breaks off, so that nobody takes a part for the whole.
 */
final class StandingAnswer {

  /** Between two questions; what a node believes of an account for a second adds to it. */
  static final Duration LOOK = Duration.ofMillis(500);

  /** A door that does not answer for so many looks is closed. */
  static final int PATIENCE = 60;

  private final Supplier<CompletionStage<?>> door;
  private final String path;
  private final String traceId;
  private final Consumer<Problem> ended;

  /**
   * Nothing watched yet.
   *
   * @param door fails with a {@link ProblemException} when who asked may not any more
   * @param ended told once, why
   */
  StandingAnswer(
      Supplier<CompletionStage<?>> door, String path, String traceId, Consumer<Problem> ended) {
    this.door = door;
    this.path = path;
    this.traceId = traceId;
    this.ended = ended;
  }

  /** The answer, which ends with the right to have it. */
  HttpResponse watched(HttpResponse response) {
    ResponseEntity entity = response.entity();
    if (entity.isStrict()) {
      return response;
    }
    var type = entity.getContentType();
    var tells = type.mediaType().equals(MediaTypes.TEXT_EVENT_STREAM);
    Source<ByteString, ?> bytes = entity.getDataBytes().merge(end(tells), true);
    var length = entity.getContentLengthOption();
    return response.withEntity(
        length.isPresent()
            ? HttpEntities.create(type, length.getAsLong(), bytes)
            : HttpEntities.createChunked(type, bytes));
  }

  /** Nothing as long as the door lets in. */
  private Source<ByteString, NotUsed> end(boolean tells) {
    var silent = new AtomicInteger();
    return Source.tick(LOOK, LOOK, "look")
        .mapMaterializedValue(cancellable -> NotUsed.getInstance())
        .mapAsync(1, look -> asked(silent))
        .mapConcat(no -> no.stream().toList())
        .take(1)
        .map(
            problem -> {
              ended.accept(problem);
              if (tells) {
                return last(problem);
              }
              throw problem.asException();
            });
  }

  private CompletionStage<Optional<Problem>> asked(AtomicInteger silent) {
    CompletableFuture<?> answer;
    try {
      answer = door.get().toCompletableFuture().copy();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .orTimeout(LOOK.toMillis(), TimeUnit.MILLISECONDS)
        .handle((yes, failure) -> failure == null ? yes(silent) : no(failure, silent));
  }

  private static Optional<Problem> yes(AtomicInteger silent) {
    silent.set(0);
    return Optional.empty();
  }

  /** An account that does not answer for a moment takes nothing away. */
  private static Optional<Problem> no(Throwable failure, AtomicInteger silent) {
    if (Failures.cause(failure) instanceof ProblemException known
        && known.problem().status() < 500
        && known.problem().status() != BorderCode.RATE_LIMITED.status()) {
      return Optional.of(known.problem());
    }
    return silent.incrementAndGet() < PATIENCE
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                BorderCode.UNAVAILABLE,
                "whether you may still see this is not known (expected: an answer within %d s)"
                    .formatted(LOOK.multipliedBy(PATIENCE).toSeconds())));
  }

  private ByteString last(Problem problem) {
    try {
      var why = Json.mapper().writeValueAsString(problem.body(path, traceId));
      return new EventStream.Message("", EventStream.END, why).bytes();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
