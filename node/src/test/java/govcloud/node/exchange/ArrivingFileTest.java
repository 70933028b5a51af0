package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.sharing.CanonicalJson;
import govcloud.node.exchange.crossing.CloudFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrivingFileTest {
  private static final String DIGEST =
      CanonicalJson.sha256("onetwothree".getBytes(StandardCharsets.UTF_8));

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "arriving");

  @AfterAll
  void stop() {
    system.terminate();
  }

  private static Source<ByteString, NotUsed> pieces(String... texts) {
    return Source.from(List.of(texts)).map(ByteString::fromString);
  }

  private String through(Source<ByteString, NotUsed> bytes, long from) throws Exception {
    var sent = new CloudFile("text/plain", "numbers.txt", 11 - from, bytes);
    return ArrivingFile.of(sent, from, DIGEST, "figures")
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .get(3, TimeUnit.SECONDS)
        .stream()
        .map(ByteString::utf8String)
        .reduce("", String::concat);
  }

  @Test
  void fileThatWasRecorded_arrives_whole() throws Exception {
    assertThat(through(pieces("one", "two", "three"), 0)).isEqualTo("onetwothree");
    assertThat(through(pieces("onetwothree"), 0)).isEqualTo("onetwothree");
  }

  @Test
  void otherFile_arrives_withoutItsEnd() throws Exception {
    assertThat(through(pieces("one", "two", "thrEe"), 0)).isEqualTo("onetwo");
    assertThat(through(pieces("One", "two", "three"), 0)).isEqualTo("Onetwo");
  }

  @Test
  void fileThatIsCutOff_arrives_withoutItsEnd() throws Exception {
    assertThat(through(pieces("one", "two"), 0)).isEqualTo("one");
    assertThat(through(pieces("one", "two", "!").map(ArrivingFileTest::orClosed), 0))
        .isEqualTo("one");
  }

  private static ByteString orClosed(ByteString piece) {
    if (piece.utf8String().equals("!")) {
      throw new IllegalStateException("connection: closed");
    }
    return piece;
  }

  @Test
  void restOfAFile_arrives_asItIs() throws Exception {
    assertThat(through(pieces("two", "three"), 3)).isEqualTo("twothree");
  }
}
