package govcloud.node.feed;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import govcloud.journal.TrimmedLogException;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.EventStream;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What happens, live over HTTP. */
public final class EventRoutes {

  private final EventFeed feed;
  private final int slices;
  private final Duration heartbeat;

  /**
   * Streams of a feed.
   *
   * @param slices how many slices the cloud has
   * @param heartbeat how often a stream on which nothing happens says that it is alive
   */
  public EventRoutes(EventFeed feed, int slices, Duration heartbeat) {
    this.feed = feed;
    this.slices = slices;
    this.heartbeat = heartbeat;
  }

  /** A CloudEvent in the JSON format. */
  record CloudEvent(
      String specversion,
      String id,
      String source,
      String type,
      String subject,
      Instant time,
      String datacontenttype,
      String tenant,
      String sequence,
      @JsonRawValue String data) {}

  /** Adds the operation. */
  public void register(Routes routes) {
    routes.on("streamEvents", this::stream);
  }

  private CompletionStage<HttpResponse> stream(Call call) {
    var filter = new FeedFilter(call.parameter("tenant"), call.parameter("type"));
    try {
      return feed.events(cursor(call), filter)
          .thenApply(events -> EventStream.of(events.map(EventRoutes::message), heartbeat))
          .exceptionally(EventRoutes::trimmed);
    } catch (IllegalArgumentException e) {
      throw Problem.of(BorderCode.EVENT_CURSOR_MALFORMED, "Last-Event-ID: " + e.getMessage())
          .asException();
    }
  }

  /** Nothing is left out in silence: who is too late has to know it. */
  private static HttpResponse trimmed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    throw cause instanceof TrimmedLogException
        ? Problem.of(BorderCode.EVENTS_TRIMMED, cause.getMessage()).asException()
        : new CompletionException(cause);
  }

  private Optional<String> cursor(Call call) {
    return call.parameter("last-event-id")
        .filter(id -> !id.isEmpty())
        .or(
            () ->
                call.parameter("from")
                    .filter("start"::equals)
                    .map(start -> FeedCursor.beginning(slices).encode()));
  }

  private static EventStream.Message message(FeedEvent event) {
    var cloudEvent =
        new CloudEvent(
            "1.0",
            event.id(),
            event.source(),
            event.type(),
            event.subject(),
            event.time(),
            "application/json",
            event.tenant().isEmpty() ? null : event.tenant(),
            Long.toString(event.sequence()),
            event.data());
    try {
      return new EventStream.Message(
          event.cursor(), event.type(), Json.mapper().writeValueAsString(cloudEvent));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
