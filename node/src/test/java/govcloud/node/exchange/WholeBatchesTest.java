package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeBatchesTest {
  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "whole");

  @AfterAll
  void stop() {
    system.terminate();
  }

  private List<String> names(long most, int pieces) throws Exception {
    return WholeBatches.atMost(
            most,
            Source.range(1, pieces)
                .map(i -> Piece.of("p" + i, "", JsonNodeFactory.instance.objectNode(), 1)))
        .map(piece -> piece.fault().map(Refusal::code).orElse(piece.name()))
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .get(3, TimeUnit.SECONDS);
  }

  @Test
  void moreThanMayBe_isRefusedBeforeItIsRecorded() throws Exception {
    assertThat(names(2, 2)).containsExactly("p1", "p2");
    assertThat(names(2, 1_000_000)).containsExactly("p1", "p2", "EXCHANGE_CLOUD_MESSAGE_TOO_LARGE");
  }

  private static Message message(String agreement, String hash) {
    return new Message(
        "transport",
        agreement,
        new Actor("zhang-san", "clerk"),
        "",
        "",
        "",
        "person",
        List.of(),
        Map.of(),
        "key-1",
        "",
        hash,
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  @Test
  void batchThroughAGateway_isNamedByWhatIsAsked_notByItsMessageAlone() {
    var name = FarStreams.name(message("violations", "a1"));
    assertThat(FarStreams.name(message("violations", "a1"))).isEqualTo(name);
    assertThat(FarStreams.name(message("figures", "b2"))).isNotEqualTo(name);
    assertThat(name).as("a query that waits, of the same message").isNotEqualTo("key-1");
  }
}
