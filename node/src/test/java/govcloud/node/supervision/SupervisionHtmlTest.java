package govcloud.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.page.Language;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SupervisionHtmlTest {
  private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");

  private static final Supervision.Report REPORT =
      new Supervision.Report(
          NOW,
          NOW.minus(Supervision.WINDOW),
          42,
          List.of(
              new Crossing(
                  "transport",
                  "police",
                  "traffic-violations",
                  7,
                  new TreeMap<>(Map.of("EXCHANGE_QUOTA_USED", 2L, "EXCHANGE_CASE_CLOSED", 1L)))),
          List.of(),
          List.of(),
          List.of(
              new Unusual(
                  Unusual.Kind.ENUMERATION,
                  "transport",
                  "<li>",
                  31,
                  20,
                  NOW,
                  NOW,
                  "0".repeat(32))));

  @Test
  void report_inChinese_hasCrossingsRefusalsAndUnusualUse_escaped() {
    assertThat(new SupervisionHtml(Language.ZH).found(REPORT))
        .contains("谁与谁共享什么", "<td>traffic-violations</td><td>7</td><td>3</td>")
        .contains("EXCHANGE_CASE_CLOSED 1, EXCHANGE_QUOTA_USED 2")
        .contains("待答复的申请", "无", "自 2026-02-23 10:00 起的 42 次查询中", "一小时内查询多人")
        .contains("&lt;li&gt;")
        .doesNotContain("<li>");
  }

  @Test
  void report_inEnglish_isTheSame_andWhoeverMayNotIsTold() {
    SupervisionHtml html = new SupervisionHtml(Language.EN);
    assertThat(html.found(REPORT))
        .contains("Who shares what with whom", "Unanswered applications", "none")
        .contains("In 42 queries since 2026-02-23 10:00", "many people within an hour");
    assertThat(html.refused("NOT_ALLOWED", "role: operator"))
        .contains("This page is for audit administrators.")
        .doesNotContain("operator");
  }
}
