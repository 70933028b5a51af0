package govcloud.node.exchange.crossing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudStreamsTest {

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "streams");

  @AfterAll
  void stop() {
    system.terminate();
  }

  @Test
  void body_thatIsRead_comesAsItIs() throws Exception {
    CompletionStage<List<ByteString>> read;
    try (var body = new SubmissionPublisher<List<ByteBuffer>>()) {
      read = CloudStreams.pieces(body, system).runWith(Sink.seq(), system);
      await().atMost(Duration.ofSeconds(5)).until(body::hasSubscribers);
      body.submit(List.of(ByteBuffer.wrap("one".getBytes(UTF_8)), ByteBuffer.allocate(0)));
      body.submit(List.of(ByteBuffer.wrap("two".getBytes(UTF_8))));
    }
    assertThat(read.toCompletableFuture().get(3, TimeUnit.SECONDS))
        .extracting(piece -> piece.utf8String())
        .containsExactly("one", "two");
  }

  @Test
  void body_thatNobodyReads_isGivenUp() {
    try (var body = new SubmissionPublisher<List<ByteBuffer>>()) {
      assertThat(CloudStreams.pieces(body, system)).isNotNull();
      await().atMost(Duration.ofSeconds(5)).until(body::hasSubscribers);
      await().atMost(Duration.ofSeconds(15)).until(() -> !body.hasSubscribers());
    }
  }
}
