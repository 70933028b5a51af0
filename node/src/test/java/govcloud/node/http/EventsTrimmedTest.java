package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import govcloud.domain.Actor;
import govcloud.journal.TrimmedLogException;
import govcloud.node.feed.EventFeed;
import govcloud.node.feed.EventRoutes;
import govcloud.node.feed.FeedEvent;
import govcloud.node.feed.FeedFilter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.Source;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class EventsTrimmedTest {

  /** A log that lacks what every cursor wants. */
  private static final EventFeed TRIMMED =
      new EventFeed() {
        @Override
        public CompletionStage<Source<FeedEvent, NotUsed>> events(
            Optional<String> cursor, FeedFilter filter) {
          return CompletableFuture.supplyAsync(
              () -> {
                throw new TrimmedLogException(3, 17);
              });
        }

        @Override
        public CompletionStage<String> now() {
          return CompletableFuture.completedFuture("now");
        }
      };

  @Test
  void cursorWhoseEventsAreGone_isToldSo_with410() {
    Routes routes = new Routes();
    new EventRoutes(TRIMMED, 16, Duration.ofSeconds(10)).register(routes);
    var call =
        new Call(
            "streamEvents",
            HttpRequest.GET("/v1/events"),
            Map.of("last-event-id", "some"),
            MissingNode.getInstance(),
            new Actor("li", Actor.OPERATOR),
            "0".repeat(32),
            "0".repeat(32),
            () -> {});
    var answer = routes.find("streamEvents").orElseThrow().answer(call).toCompletableFuture();
    var failure = Assertions.catchThrowableOfType(CompletionException.class, answer::join);
    Problem problem = Failures.problem(failure, call.traceId());
    assertThat(problem.status()).isEqualTo(410);
    assertThat(problem.code()).isEqualTo("EVENTS_TRIMMED");
  }
}
