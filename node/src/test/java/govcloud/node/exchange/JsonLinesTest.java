package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.SharingSamples;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonLinesTest {
  private static final String GOOD = "{\"plate\":\"浙A12345\",\"points\":3}";

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "lines");

  @AfterAll
  void stop() {
    system.terminate();
  }

  /** The text comes in runs of so many bytes, wherever they end. */
  private List<Piece> pieces(String text, int run) throws Exception {
    var form = new RecordForm(SharingSamples.asFile(List.of(Mode.BATCH)), 1);
    var bytes = ByteString.fromString(text);
    var runs = Source.range(0, bytes.size() / run).map(i -> bytes.drop(i * run).take(run));
    return JsonLines.pieces(runs.mapMaterializedValue(left -> left), form)
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .get(3, TimeUnit.SECONDS);
  }

  private static String fault(Piece piece) {
    return piece.fault().map(Refusal::message).orElse("");
  }

  @Test
  void lines_cutAnywhere_areTheRecords() throws Exception {
    for (int run : new int[] {1, 7, 1_000}) {
      var pieces = pieces(GOOD + "\n" + GOOD + "\n", run);
      assertThat(pieces).extracting(Piece::name).containsExactly("1", "2");
      assertThat(pieces.get(1).records().get(0).path("plate").asText()).isEqualTo("浙A12345");
    }
  }

  @Test
  void wrongLines_read_areToldByNumberAndItem_neverByValue() throws Exception {
    var lines =
        List.of(
            "secret",
            "[]",
            "",
            "{\"plate\":\"secret\",\"points\":\"secret\"}",
            "{\"points\":1}",
            "{\"plate\":\"a\",\"other\":1}");
    for (String line : lines) {
      var pieces = pieces(GOOD + "\n" + line + "\n", 11);
      assertThat(fault(pieces.get(0))).isEmpty();
      assertThat(fault(pieces.get(1))).as(line).startsWith("line 2").doesNotContain("secret");
    }
    assertThat(fault(pieces("x".repeat(70_000), 4_096).get(0))).startsWith("line: too long");
  }

  @Test
  void pieces_joined_keepWhatEndsThemAlone() {
    var record = govcloud.node.http.Json.mapper().createObjectNode();
    var wrong = Piece.malformed("3", "line 3");
    var joined =
        Piece.joined(List.of(Piece.of("1", "", record, 2), Piece.of("2", "", record, 2), wrong));
    assertThat(joined).extracting(Piece::name).containsExactly("1+2", "3");
    assertThat(joined.get(0).records()).hasSize(2);
    assertThat(Piece.joined(List.of(wrong))).containsExactly(wrong);
  }
}
