package govcloud.node.exchange.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundlePartsTest {
  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "parts");
  private final BundleSide mountain =
      new BundleSide(
          CrossingSamples.MOUNTAIN,
          CrossingSamples.HARBOUR,
          11,
          BundlePartsTest::nothing,
          () -> CrossingSamples.AT);
  private final BundleSide harbour =
      new BundleSide(
          CrossingSamples.HARBOUR,
          CrossingSamples.MOUNTAIN,
          12,
          BundlePartsTest::nothing,
          () -> CrossingSamples.AT);

  @AfterAll
  void stop() {
    system.terminate();
  }

  private static void nothing() {}

  private static ObjectNode records(String plate) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("records").addObject().put("plate", plate);
    return body;
  }

  private static ObjectNode end(int answers) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("end").put("answers", answers);
    return body;
  }

  private SignedMessage keep(BundleRun run, SignedMessage query, Source<ObjectNode, NotUsed> bodies)
      throws Exception {
    var reception =
        new CloudReception(
            harbour.clouds(),
            asked -> CompletableFuture.completedStage(end(0)),
            record -> CompletableFuture.completedStage(null),
            (cloud, code) -> {},
            () -> "0".repeat(32),
            () -> CrossingSamples.AT);
    return BundleParts.keep(bodies, reception, harbour.other, query, run, Runnable::run, system)
        .toCompletableFuture()
        .get(3, TimeUnit.SECONDS);
  }

  private List<String> waiting(SignedMessage query) {
    return harbour.store.outgoing("mountain", 100).stream()
        .filter(id -> id.startsWith(query.hash()))
        .toList();
  }

  @Test
  void batch_keepsAllAnswersButTheLast_underItsOwnRun() throws Exception {
    var query = mountain.query("p-1");
    var run = new BundleRun(harbour.peer(), query);
    var last = keep(run, query, Source.from(List.of(records("a"), records("b"), end(2))));
    assertThat(last.body().path(BundleParts.PARTS).asInt()).isEqualTo(2);
    assertThat(last.body().has("end")).isTrue();
    assertThat(BundleParts.run(last)).isEqualTo(run.id()).isNotEmpty();
    var ids = waiting(query);
    assertThat(ids).hasSize(2).allMatch(id -> id.contains("/" + run.id() + "/"));
    assertThat(BundleRun.last(query.hash())).as("sent behind them").isGreaterThan(ids.get(1));
    var second =
        SignedMessage.parse(harbour.store.message("mountain", ids.get(1)).get().toByteArray());
    assertThat(second.body().path(BundleParts.PART).asInt()).isEqualTo(1);
    assertThat(second.text("/records/0/plate")).isEqualTo("b");
    assertThat(new BundleRun(harbour.peer(), query).id()).as("made again").isNotEqualTo(run.id());
    run.forget();
    assertThat(waiting(query)).isEmpty();
  }

  @Test
  void batchWithoutAnEnd_isNoAnswer() {
    var query = mountain.query("p-2");
    var run = new BundleRun(harbour.peer(), query);
    assertThatThrownBy(() -> keep(run, query, Source.from(List.of(records("a"), records("b")))))
        .hasMessageContaining("cut off");
  }

  @Test
  void answerThatIsTooLarge_isTheEnd_andNothingBehindItIsAskedFor() throws Exception {
    var query = mountain.query("p-3");
    var large = records("x".repeat(CloudStreams.LARGEST_LINE));
    var asked = new AtomicInteger();
    var bodies =
        Source.from(List.of(records("a"), large, records("b")))
            .concat(
                Source.repeat("c")
                    .map(
                        plate -> {
                          asked.incrementAndGet();
                          return records(plate);
                        }));
    var last = keep(new BundleRun(harbour.peer(), query), query, bodies);
    assertThat(last.text("/refusal/code")).isEqualTo("EXCHANGE_CLOUD_MESSAGE_TOO_LARGE");
    assertThat(last.body().path(BundleParts.PARTS).asInt()).isEqualTo(1);
    assertThat(last.body().has(BundleParts.PART)).isFalse();
    assertThat(waiting(query)).hasSize(1);
    assertThat(asked.get()).as("beyond it").isLessThanOrEqualTo(2);
  }

  private static final class Later {
    private Instant now = CrossingSamples.AT;
  }

  @Test
  void batch_isReadAsLateAsItIsKept_andAnAnswerToOneQueryIsNot() throws Exception {
    var later = new Later();
    var side =
        new BundleSide(
            CrossingSamples.MOUNTAIN,
            CrossingSamples.HARBOUR,
            11,
            BundlePartsTest::nothing,
            () -> later.now);
    for (var name : List.of("p-3", "p-4")) {
      var query = side.query(name);
      side.store.keep("harbour", "query/" + name, ByteString.copyFrom(query.toBytes()));
      side.store.keep("harbour", "sent/" + name, ByteString.EMPTY);
      side.store.keep(
          "harbour",
          BundleIntake.answerTo(query.hash()),
          ByteString.copyFrom(CrossingSamples.answer(query).toBytes()));
    }
    later.now = CrossingSamples.AT.plus(Duration.ofDays(9));
    var questions = new Questions(side.store, side.inspection());
    assertThat(questions.ask("harbour", "p-3", Optional.empty())).isPresent();
    assertThatThrownBy(() -> questions.ask("harbour", "p-4", Optional.empty()))
        .isInstanceOf(CrossingException.class);
  }
}
