package govcloud.node.identity;

import govcloud.node.http.EventStream;
import govcloud.node.http.Routes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Events that go on for ever, and a file that comes so slowly that it is as good as that. */
final class EndlessAnswers {

  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final long LENGTH = 1_000_000;

  private EndlessAnswers() {}

  static void register(Routes routes) {
    routes
        .on(
            "streamEvents",
            call ->
                CompletableFuture.completedStage(
                    EventStream.of(
                        often(new EventStream.Message("1", "govcloud.case", "{}")),
                        Duration.ofSeconds(1))))
        .on(
            "fetchAttachment",
            call ->
                CompletableFuture.completedStage(
                    HttpResponse.create()
                        .withEntity(
                            HttpEntities.create(
                                ContentTypes.APPLICATION_OCTET_STREAM,
                                LENGTH,
                                often(ByteString.fromString("x"))))));
  }

  private static <T> Source<T, NotUsed> often(T element) {
    return Source.tick(Duration.ZERO, OFTEN, element)
        .mapMaterializedValue(cancellable -> NotUsed.getInstance());
  }
}
