package govcloud.node.attention;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.node.attention.AttentionItem.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityItemsTest {

  private static final Instant NINE = Instant.parse("2026-03-02T01:00:00Z");

  private static AuditRecord alarm(String code, int minute) {
    var at = NINE.plusSeconds(60L * minute);
    return new AuditRecord(
        at, "zhang-san", "clerk", "", "x", "", "/v1/x", Outcome.ALARM, code, "192.0.2.7", "", 1);
  }

  @Test
  void alarms_areOneItemForEachKindAndNameNobody() {
    var items =
        SecurityItems.of(
            List.of(
                alarm("DENIAL_BURST", 5), alarm("CHAIN_MISMATCH", 1), alarm("DENIAL_BURST", 2)));
    assertThat(items)
        .extracting(AttentionItem::subject)
        .containsExactly("CHAIN_MISMATCH", "DENIAL_BURST");
    assertThat(items.get(0).severity()).isEqualTo(Severity.RED);
    assertThat(items.get(1).severity()).isEqualTo(Severity.YELLOW);
    assertThat(items.get(1).since()).contains(NINE.plusSeconds(120));
    assertThat(items.get(1).detail().en()).isEqualTo("2 alarms within the last 24 hours");
    assertThat(items.toString()).doesNotContain("zhang-san").doesNotContain("192.0.2.7");
  }
}
