package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.contract.ExchangeFixture;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Explanation;
import govcloud.exchange.gate.Notice;
import govcloud.node.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How a batch ends, as lines and between clouds: only what is whole says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchLinesTest {
  private static final Refusal QUOTA = Refusal.of(ExchangeRefusal.EXCHANGE_QUOTA_USED, "too many");

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "lines");

  @AfterAll
  void stop() {
    system.terminate();
  }

  private static Outcome outcome(Optional<Refusal> refusal) {
    ObjectNode record = JsonNodeFactory.instance.objectNode().put("lent", 5);
    return new Outcome(
        ExchangeFixture.record("0", ""),
        refusal,
        refusal.isPresent() ? List.of() : List.of(record),
        new Explanation("", ""),
        false,
        Notice.of(SharingSamples.TERMS),
        Optional.empty());
  }

  private static Source<Outcome, NotUsed> pieces(Outcome... more) {
    List<Outcome> all = new ArrayList<>(List.of(outcome(Optional.empty())));
    all.addAll(List.of(more));
    return Source.from(all);
  }

  private static Source<Outcome, NotUsed> broken(Throwable failure) {
    return pieces().concat(Source.completionStage(CompletableFuture.failedFuture(failure)));
  }

  /** What comes until the end, or until it fails. */
  private List<String> through(Source<String, NotUsed> lines) throws Exception {
    List<String> all = new ArrayList<>();
    lines.runWith(Sink.foreach(all::add), system).toCompletableFuture().get(3, TimeUnit.SECONDS);
    return all;
  }

  private static Source<String, NotUsed> lines(Source<Outcome, NotUsed> outcomes) {
    return BatchLines.of(outcomes).map(line -> line.utf8String());
  }

  private static Source<String, NotUsed> answers(Source<Outcome, NotUsed> outcomes) {
    return LeavingBatch.of(outcomes).map(ObjectNode::toString);
  }

  @Test
  void wholeBatch_saysSo() throws Exception {
    assertThat(through(lines(pieces()))).hasSize(2).last().asString().contains("{\"end\":");
    assertThat(through(answers(pieces(outcome(Optional.empty())))))
        .hasSize(3)
        .last()
        .isEqualTo("{\"end\":{\"answers\":2}}");
  }

  @Test
  void refusedBatch_saysWhy_andHasNoEnd() throws Exception {
    for (var lines : List.of(lines(refused()), answers(refused()))) {
      assertThat(through(lines)).hasSize(2).last().asString().contains("EXCHANGE_QUOTA_USED");
    }
  }

  private static Source<Outcome, NotUsed> refused() {
    return pieces(outcome(Optional.of(QUOTA)));
  }

  @Test
  void batchThatIsCut_hasNoEnd() throws Exception {
    var gone = new CompletionException(Problem.of(QUOTA).asException());
    for (var lines : List.of(lines(broken(gone)), answers(broken(gone)))) {
      assertThat(through(lines)).noneMatch(line -> line.contains("\"end\""));
    }
  }

  @Test
  void batchThatFails_hasNoEnd() {
    var failure = new IllegalStateException("the store is away");
    for (var lines : List.of(lines(broken(failure)), answers(broken(failure)))) {
      List<String> came = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  lines
                      .map(line -> came.add(line))
                      .runWith(Sink.ignore(), system)
                      .toCompletableFuture()
                      .get(3, TimeUnit.SECONDS))
          .hasRootCause(failure);
      assertThat(came).noneMatch(line -> line.contains("\"end\""));
    }
  }
}
