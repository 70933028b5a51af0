package govcloud.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.contract.RecallFixture;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallState;
import govcloud.node.exchange.ExchangeRow;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who has received wrong values, and in which lists a recall is. */
class RecipientsTest {

  private static final Instant SINCE = RecallFixture.MATTER.since();
  private static final Instant UNTIL = SINCE.plusSeconds(100);

  private RecallRow row;

  private static ExchangeRow exchange(String resource, String field, String code, Instant at) {
    return new ExchangeRow(
        "0".repeat(32),
        at,
        "transport",
        "police",
        "violations",
        resource,
        "违法",
        "Violations",
        "permits/c-1",
        "zhang-san",
        "clerk",
        List.of("plate", field),
        List.of(),
        "年审",
        "basis",
        code,
        "log",
        17,
        RecallFixture.MATTER.subject(),
        "",
        false);
  }

  private static boolean isWrong(ExchangeRow row) {
    return Recipients.isWrong(row, RecallFixture.MATTER, UNTIL);
  }

  @Test
  void exchange_ofWrongFieldInTime_isOneThatReceivedIt() {
    String resource = RecallFixture.MATTER.resource();
    assertThat(isWrong(exchange(resource, "points", "", SINCE))).isTrue();
    assertThat(isWrong(exchange(resource, "points", "", UNTIL))).isTrue();
    assertThat(isWrong(exchange(resource, "points", "", SINCE.minusMillis(1)))).isFalse();
    assertThat(isWrong(exchange(resource, "points", "", UNTIL.plusMillis(1)))).isFalse();
    assertThat(isWrong(exchange(resource, "colour", "", SINCE))).isFalse();
    assertThat(isWrong(exchange("other", "points", "", SINCE))).isFalse();
    assertThat(isWrong(exchange(resource, "points", "EXCHANGE_QUOTA_USED", SINCE))).isFalse();
  }

  private List<String> after(RecallEvent event) {
    return after(RecallView.id("police", "r-1"), event);
  }

  private List<String> after(String id, RecallEvent event) {
    var commit = new Commit<>(SINCE, Actor.platform(), "", "", List.of(event));
    var version = row == null ? 1 : row.version() + 1;
    row = new RecallView().after(Optional.ofNullable(row), id, version, commit);
    return new RecallView().entries(row, 0).stream().map(View.Entry::list).toList();
  }

  @Test
  void recall_isListedAsOpenUntilAllWhoWereToldHaveAcknowledged() {
    String subject = RecallFixture.MATTER.subject();
    assertThat(
            after(new RecallEvent.Issued(RecallFixture.MATTER, "sun", Optional.of(UNTIL), SINCE)))
        .containsExactly("all", "provider=police", subject, "open", "limits", "unsearched");
    var one = new RecallState.Receiver("transport", "permits/c-1", "zhang-san", "0".repeat(32), 17);
    assertThat(after(new RecallEvent.Told(List.of(one), SINCE)))
        .containsExactly("all", "provider=police", subject, "consumer=transport", "open", "limits");
    assertThat(after(new RecallEvent.Escalated(UNTIL, UNTIL)))
        .containsExactly("all", "provider=police", subject, "consumer=transport", "open", "late");
    assertThat(
            after(
                new RecallEvent.Acknowledged(
                    "transport", "permits/c-1", "done", "zhang-san", SINCE)))
        .containsExactly("all", "provider=police", subject, "consumer=transport");
    assertThat(new RecallView().countedAs(row)).containsExactly("done");
  }

  @Test
  void recallOfAnotherCloud_isListedForWhoReceivedIt_andForItsSubjectIfThatIsSaid() {
    var id = RecallView.arrived("transport", "police@harbour", "r-1");
    var of = RecallFixture.MATTER;
    var matter =
        new RecallState.Matter(
            "police@harbour",
            of.resource(),
            of.nameZh(),
            of.nameEn(),
            "",
            of.fields(),
            of.since(),
            of.reason());
    var issued = new RecallEvent.Issued(matter, "govcloud", Optional.of(UNTIL), SINCE);
    assertThat(after(id, issued)).containsExactly("all", "open", "limits");
    assertThat(row.isFromElsewhere()).isTrue();
    assertThat(row.issuer()).isEqualTo("police@harbour");
    assertThat(row.name()).isEqualTo("r-1");
    var batch = new RecallState.Receiver("transport", "batch:0f", "zhang-san", "0".repeat(32), 17);
    assertThat(after(id, new RecallEvent.Told(List.of(batch), SINCE)))
        .containsExactly("all", "consumer=transport", "open", "limits");
  }
}
