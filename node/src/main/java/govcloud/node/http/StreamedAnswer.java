package govcloud.node.http;

import govcloud.node.http.ConcurrencyLimit.Place;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** An answer that needs its place until its last byte has gone out. */
final class StreamedAnswer {

  /** Pekko does not tell when it never begins an answer, because the client has gone before. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StreamedAnswer() {}

  /** The answer, whose end gives the place up. */
  static HttpResponse holding(Place place, HttpResponse response, ActorSystem<?> system) {
    ResponseEntity entity = response.entity();
    if (entity.isStrict()) {
      return response;
    }
    place.handOn();
    var begun = new AtomicBoolean();
    Source<ByteString, ?> bytes =
        entity
            .getDataBytes()
            .watchTermination(
                (before, ended) -> {
                  begun.set(true);
                  ended.whenComplete((done, failure) -> place.leave());
                  return before;
                });
    system
        .scheduler()
        .scheduleOnce(
            PATIENCE,
            () -> {
              if (!begun.get()) {
                place.leave();
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
