package govcloud.node.http;

import govcloud.node.http.ConcurrencyLimit.Place;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Answers that are as long as a file, and need a place until their last byte has gone out. */
public final class StreamedAnswer {

  /** Pekko does not tell when it never begins an answer, because the client has gone before. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StreamedAnswer() {}

  /** So many bytes; it may be none. */
  public static ResponseEntity entity(
      ContentType type, long length, Source<ByteString, NotUsed> bytes) {
    return length == 0
        ? HttpEntities.create(type, ByteString.emptyByteString())
        : HttpEntities.create(type, length, bytes);
  }

  /** The answer, whose end gives the place up. */
  static HttpResponse holding(Place place, HttpResponse response, ActorSystem<?> system) {
    if (response.entity().isStrict()) {
      return response;
    }
    place.handOn();
    return holding(place::leave, response, system);
  }

  /**
   * The answer, whose end is told.
   *
   * @param leave does nothing when it is told again
   */
  public static HttpResponse holding(Runnable leave, HttpResponse response, ActorSystem<?> system) {
    ResponseEntity entity = response.entity();
    if (entity.isStrict()) {
      leave.run();
      return response;
    }
    var begun = new AtomicBoolean();
    Source<ByteString, ?> bytes =
        entity
            .getDataBytes()
            .watchTermination(
                (before, ended) -> {
                  begun.set(true);
                  ended.whenComplete((done, failure) -> leave.run());
                  return before;
                });
    system
        .scheduler()
        .scheduleOnce(
            PATIENCE,
            () -> {
              if (!begun.get()) {
                leave.run();
              }
            },
            system.executionContext());
    var length = entity.getContentLengthOption();
    return length.isPresent()
        ? response.withEntity(
            HttpEntities.create(entity.getContentType(), length.getAsLong(), bytes))
        : response.withEntity(HttpEntities.createChunked(entity.getContentType(), bytes));
  }
}
