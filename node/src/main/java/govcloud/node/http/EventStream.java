package govcloud.node.http;

import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Server-sent events: messages as they come, and a heartbeat when none come. */
public final class EventStream {

  private static final ByteString HEARTBEAT = ByteString.fromString(": alive\n\n");

  /** The event behind which nothing comes; its data is a problem that says why. */
  static final String END = "end";

  private EventStream() {}

  /**
   * One event.
   *
   * @param id where a reader who comes back goes on, or an empty string
   * @param name of the event
   * @param data of one line
   */
  public record Message(String id, String name, String data) {

    ByteString bytes() {
      var cursor = id.isEmpty() ? "" : "id: " + id + "\n";
      return ByteString.fromString(cursor + "event: " + name + "\ndata: " + data + "\n\n");
    }
  }

  /** Answers with a stream that says at once that it is there. */
  public static HttpResponse of(Source<Message, NotUsed> messages, Duration heartbeat) {
    var bytes =
        messages
            .map(Message::bytes)
            .keepAlive(heartbeat, () -> HEARTBEAT)
            .prepend(Source.single(ByteString.fromString("retry: 2000\n\n")));
    return HttpResponse.create()
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
        .withEntity(HttpEntities.create(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes));
  }
}
