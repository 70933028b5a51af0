package govcloud.node.exchange.crossing;

import static govcloud.node.exchange.crossing.CrossingSamples.AT;
import static govcloud.node.exchange.crossing.CrossingSamples.HARBOUR;
import static govcloud.node.exchange.crossing.CrossingSamples.MOUNTAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {

  /** What harbour says to a message that mountain's certificate brings, so long after it. */
  private static String found(SignedMessage message, long secondsLater) {
    try {
      CrossingSamples.inspection(HARBOUR, MOUNTAIN, AT.plusSeconds(secondsLater))
          .query(message, CrossingSamples.known(MOUNTAIN));
      return "";
    } catch (CrossingException e) {
      return e.refusal().code();
    }
  }

  private static SignedMessage signed(String kind, String sender, String receiver) {
    return SignedMessage.sign(
        CrossingSamples.head(kind, sender, receiver, ""), CrossingSamples.body(), MOUNTAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "0,''",
    "60,''",
    "-60,''",
    "61,EXCHANGE_CLOUD_CLOCK",
    "-61,EXCHANGE_CLOUD_CLOCK",
    "999999999999,EXCHANGE_CLOUD_CLOCK"
  })
  void query_outsideItsTime_isRefused(long secondsLater, String code) {
    var message = CrossingSamples.query();
    assertThat(found(message, Math.min(secondsLater, 1L << 30))).isEqualTo(code);
  }

  @Test
  void query_thatIsNotWhatItShouldBe_isRefusedWithItsCode() {
    assertThat(found(signed(Head.QUERY, "mountain", "valley"), 0))
        .isEqualTo("EXCHANGE_CLOUD_RECEIVER_WRONG");
    assertThat(found(signed(Head.QUERY, "valley", "harbour"), 0))
        .isEqualTo("EXCHANGE_CLOUD_UNKNOWN");
    assertThat(found(signed(Head.ANSWER, "mountain", "harbour"), 0))
        .isEqualTo("EXCHANGE_CLOUD_MESSAGE_MALFORMED");
    var forged =
        SignedMessage.sign(
            CrossingSamples.head(Head.QUERY, "mountain", "harbour", ""),
            CrossingSamples.body(),
            CrossingSamples.key("mountain", 9));
    assertThat(found(forged, 0)).isEqualTo("EXCHANGE_CLOUD_SIGNATURE_WRONG");
  }

  private static SignedMessage answered(SignedMessage answer, Instant now)
      throws CrossingException {
    return CrossingSamples.inspection(MOUNTAIN, HARBOUR, now)
        .answer(answer.toBytes(), CrossingSamples.query());
  }

  private static void assertWrong(SignedMessage answer, Instant now, String why) {
    assertThatThrownBy(() -> answered(answer, now))
        .isInstanceOf(CrossingException.class)
        .hasMessageStartingWith("EXCHANGE_CLOUD_ANSWER_WRONG: ")
        .hasMessageContaining(why);
  }

  @Test
  void answer_toThisQueryAndInTime_isBelieved_andNoOther() throws Exception {
    var query = CrossingSamples.query();
    var answer = CrossingSamples.answer(query);
    assertThat(answered(answer, AT).head().answers()).isEqualTo(query.hash());
    assertWrong(answer, AT.plusSeconds(61), "EXCHANGE_CLOUD_CLOCK");
    var toAnother =
        SignedMessage.sign(
            CrossingSamples.head(Head.ANSWER, "harbour", "mountain", "00"), answer.body(), HARBOUR);
    assertWrong(toAnother, AT, "expected: to " + query.hash());
    var otherSigner =
        SignedMessage.sign(
            CrossingSamples.head(Head.ANSWER, "harbour", "mountain", query.hash()),
            answer.body(),
            MOUNTAIN);
    assertWrong(otherSigner, AT, "EXCHANGE_CLOUD_SIGNATURE_WRONG");
    var forAnother =
        SignedMessage.sign(
            CrossingSamples.head(Head.ANSWER, "harbour", "valley", query.hash()),
            answer.body(),
            HARBOUR);
    assertWrong(forAnother, AT, "EXCHANGE_CLOUD_RECEIVER_WRONG");
    // One of many answers is believed however slowly it is read, and is an answer to this query.
    var later = CrossingSamples.inspection(MOUNTAIN, HARBOUR, AT.plusSeconds(9_999));
    assertThat(later.part(answer.toBytes(), query).hash()).isEqualTo(answer.hash());
    assertThatThrownBy(() -> later.part(toAnother.toBytes(), query))
        .hasMessageContaining("expected: to " + query.hash());
    // The query itself, sent back, is no answer.
    assertWrong(query, AT, "EXCHANGE_CLOUD_SIGNATURE_WRONG");
  }
}
