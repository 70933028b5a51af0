package govcloud.node.exchange.crossing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
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

  private CompletionStage<List<ByteString>> awaited(Source<ByteString, ?> sent) {
    return sent.via(new Awaited(Duration.ofMillis(200))).runWith(Sink.seq(), system);
  }

  private static void assertSilent(CompletionStage<List<ByteString>> read) {
    assertThatThrownBy(() -> read.toCompletableFuture().get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class)
        .hasMessageContaining("silent for 200 ms");
  }

  @Test
  void bytes_thatDoNotCome_endTheStream_fromTheFirstOn() {
    assertSilent(awaited(Source.maybe()));
    var one = Source.single(ByteString.fromString("one"));
    assertSilent(awaited(one.concat(Source.<ByteString>maybe())));
  }

  @Test
  void bytes_thatAreReadSlowly_allCome() throws Exception {
    var read =
        Source.from(List.of("one", "two", "three"))
            .map(text -> ByteString.fromString(text))
            .via(new Awaited(Duration.ofMillis(200)))
            .throttle(1, Duration.ofMillis(600))
            .runWith(Sink.seq(), system);
    assertThat(read.toCompletableFuture().get(10, TimeUnit.SECONDS)).hasSize(3);
  }

  @Test
  void cloudThatTakesNoMore_saysWhenItMay() {
    assertThat(TooOftenException.in(429, retryAfter("7")))
        .hasValueSatisfying(rate -> assertThat(rate.retryAfter()).isEqualTo("7"));
    assertThat(TooOftenException.in(503, retryAfter("10")))
        .hasValueSatisfying(rate -> assertThat(rate.retryAfter()).isEqualTo("10"));
    assertThat(TooOftenException.in(429, retryAfter("tomorrow")))
        .hasValueSatisfying(rate -> assertThat(rate.retryAfter()).isEqualTo("1"));
    assertThat(TooOftenException.in(503, HttpHeaders.of(Map.of(), (name, value) -> true)))
        .as("it cannot answer at all")
        .isEmpty();
    assertThat(TooOftenException.in(200, retryAfter("7"))).isEmpty();
  }

  private static HttpHeaders retryAfter(String value) {
    return HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, any) -> true);
  }
}
