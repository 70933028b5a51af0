package govcloud.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Receiver;
import govcloud.node.exchange.crossing.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

  @Test
  void exchanges_areReadOnlyForCasesThatWereNotToldYet() {
    var one = new Receiver("transport", "permits/c-1", "zhang-san", "0".repeat(32), 17);
    var state =
        RecallState.NONE.after(
            new RecallEvent.Told(List.of(one), Instant.parse("2026-03-02T00:00:00Z")));
    var told = JsonNodeFactory.instance.objectNode();
    var cases = told.putArray("cases");
    cases.addObject().put("case", "permits/c-1");
    assertThat(ArrivingRecalls.namesOthers(told, "transport", state)).isFalse();
    assertThat(ArrivingRecalls.namesOthers(told, "tax", state)).isTrue();
    cases.addObject().put("case", "permits/c-2");
    assertThat(ArrivingRecalls.namesOthers(told, "transport", state)).isTrue();
  }

  @Test
  void caseWithoutName_meansEach_andIsDoneWhenAllAre() {
    var told = JsonNodeFactory.instance.objectNode();
    var cases = told.putArray("cases");
    cases.addObject().put("case", "permits/c-1");
    assertThat(ArrivingRecalls.names(told, "permits/c-1")).isTrue();
    assertThat(ArrivingRecalls.names(told, "permits/c-2")).isFalse();
    cases.addObject().put("case", "");
    assertThat(ArrivingRecalls.names(told, "permits/c-2")).isTrue();
    var at = Instant.parse("2026-03-02T00:00:00Z");
    var first = new Receiver("transport", "permits/c-1", "zhang-san", "0".repeat(32), 17);
    var second = new Receiver("transport", "permits/c-2", "li-si", "1".repeat(32), 18);
    var state = RecallState.NONE.after(new RecallEvent.Told(List.of(first, second), at));
    assertThat(ArrivingRecalls.acknowledged("transport", "", RecallState.NONE)).isEmpty();
    state = state.after(acknowledged("permits/c-1", at));
    assertThat(ArrivingRecalls.acknowledged("transport", "permits/c-1", state)).isPresent();
    assertThat(ArrivingRecalls.acknowledged("transport", "", state)).isEmpty();
    state = state.after(acknowledged("permits/c-2", at));
    assertThat(ArrivingRecalls.acknowledged("transport", "", state)).isPresent();
    assertThat(ArrivingRecalls.done(told, "transport", state, true)).hasSize(2);
    assertThat(ArrivingRecalls.done(told, "transport", state, false))
        .as("more cases may be found")
        .extracting(one -> one.path("case").asText())
        .containsExactly("permits/c-1");
  }

  private static RecallEvent acknowledged(String theCase, Instant at) {
    return new RecallEvent.Acknowledged("transport", theCase, "办", "zhang-san", at);
  }

  @Test
  void recall_withTextsThatAreTooLong_isNotTaken() {
    var told = JsonNodeFactory.instance.objectNode().put("name_zh", "违".repeat(256));
    var one = told.putArray("cases").addObject().put("case", "c".repeat(256));
    assertThat(ArrivingRecalls.isBounded(told)).isTrue();
    one.put("case", "c".repeat(257));
    assertThat(ArrivingRecalls.isBounded(told)).isFalse();
  }

  private static List<ObjectNode> said(ObjectNode query) {
    return IntStream.range(0, query.path("acknowledgements").size())
        .mapToObj(i -> (ObjectNode) query.path("acknowledgements").get(i))
        .toList();
  }
}
