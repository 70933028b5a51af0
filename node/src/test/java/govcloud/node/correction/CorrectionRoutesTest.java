package govcloud.node.correction;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import govcloud.domain.contract.RecallFixture;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallRefusal;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Matter;
import govcloud.node.eventsourcing.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An answer that was begun before does not stop at the recall that is out already. */
class CorrectionRoutesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Matter MATTER = RecallFixture.MATTER;

  private static Answer<RecallState> refused(RecallRefusal code) {
    var state =
        RecallState.NONE.after(new RecallEvent.Issued(MATTER, "sun", Optional.empty(), NOON));
    return new Answer<>(state, 1, "open", NOON, Refusal.of(code, "recall"), false, "0-1");
  }

  private static Matter wanted(List<String> fields) {
    return new Matter(
        MATTER.provider(),
        MATTER.resource(),
        MATTER.nameZh(),
        MATTER.nameEn(),
        MATTER.subject(),
        fields,
        NOON,
        "other words");
  }

  @Test
  void recallOfTheSameValue_isIssued_andNoOtherOne() {
    var there = refused(RecallRefusal.RECALL_ALREADY_EXISTS);
    assertThat(CorrectionRoutes.isIssued(there, wanted(MATTER.fields()))).isTrue();
    assertThat(CorrectionRoutes.isIssued(there, wanted(List.of("another")))).isFalse();
    var invalid = refused(RecallRefusal.RECALL_INVALID);
    assertThat(CorrectionRoutes.isIssued(invalid, wanted(MATTER.fields()))).isFalse();
  }
}
