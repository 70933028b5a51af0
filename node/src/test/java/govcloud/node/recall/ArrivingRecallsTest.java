package govcloud.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.node.exchange.crossing.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said to other clouds of their recalls. */
class ArrivingRecallsTest {

  private static ObjectNode acknowledgement(int number) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("department", "d".repeat(63))
        .put("provider", "p".repeat(63))
        .put("recall", "r".repeat(63))
        .put("case", "c".repeat(200) + number)
        .put("note", "办".repeat(1_000))
        .put("person", "z".repeat(128));
  }

  @Test
  void acknowledgements_howeverMany_goInQueriesThatAreNotTooLarge() {
    List<ObjectNode> done = IntStream.range(0, 95).mapToObj(i -> acknowledgement(i)).toList();
    var queries = ArrivingRecalls.said(done);
    assertThat(queries).hasSize(4);
    assertThat(queries.stream().flatMap(one -> said(one).stream())).containsExactlyElementsOf(done);
    assertThat(queries)
        .allSatisfy(
            one ->
                assertThat(one.toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThan(SignedMessage.LARGEST / 2));
    assertThat(ArrivingRecalls.said(List.of())).isEmpty();
  }

  private static List<ObjectNode> said(ObjectNode query) {
    return IntStream.range(0, query.path("acknowledgements").size())
        .mapToObj(i -> (ObjectNode) query.path("acknowledgements").get(i))
        .toList();
  }
}
