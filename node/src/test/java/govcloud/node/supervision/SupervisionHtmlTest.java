package govcloud.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import govcloud.domain.contract.CorrectionFixture;
import govcloud.domain.correction.CorrectionEvent;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.deferral.NoticeDeferralEvent;
import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.SharingSamples;
import govcloud.node.Axe;
import govcloud.node.Browser;
import govcloud.node.correction.CorrectionRow;
import govcloud.node.deferral.NoticeDeferralRow;
import govcloud.node.page.Language;
import govcloud.node.sharing.AgreementRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionHtmlTest {
  private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");

  private static final AgreementTerms TERMS = SharingSamples.TERMS.inEmergency(7);

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
          List.of(emergency()),
          List.of(),
          List.of(silent()),
          List.of(new DeferralCount("supervision", 1, 2, 1, 0, 0)),
          List.of(deferral()),
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

  /** An emergency agreement that gave data until a month ago, and that nobody has reviewed. */
  private static AgreementRow emergency() {
    var events =
        List.of(
            new AgreementEvent.Applied(TERMS, TERMS.address(), NOW, NOW),
            new AgreementEvent.TookEffect(NOW),
            new AgreementEvent.ActivationRequested(1, "li", "flood", "2026-7", NOW),
            new AgreementEvent.Activated("he", NOW, NOW),
            new AgreementEvent.ActivationEnded("", "", NOW.minusSeconds(1), NOW));
    var state = AgreementState.VACANT;
    for (var event : events) {
      state = state.after(event);
    }
    return new AgreementRow("transport", "flood", state, 5, NOW, NOW);
  }

  private static CorrectionRow silent() {
    var state =
        CorrectionState.NONE
            .after(new CorrectionEvent.Asked(CorrectionFixture.MATTER, "0", "过户<前>", NOW, NOW))
            .after(new CorrectionEvent.Escalated(NOW, NOW));
    return new CorrectionRow("police", state, 2);
  }

  private static NoticeDeferralRow deferral() {
    var state =
        NoticeDeferralState.NONE
            .after(
                new NoticeDeferralEvent.Proposed(
                    "立案<调查>", "《监察法》", NOW.plusSeconds(60), "sun", NOW))
            .after(new NoticeDeferralEvent.Approved("qian", NOW));
    return new NoticeDeferralRow("supervision", "cases/c-1", state, 2);
  }

  @Test
  void report_inChinese_hasCrossingsRefusalsAndUnusualUse_escaped() {
    assertThat(new SupervisionHtml(Language.ZH).found(REPORT))
        .contains("谁与谁共享什么", "<td>traffic-violations</td><td>7</td><td>3</td>")
        .contains("EXCHANGE_CASE_CLOSED 1, EXCHANGE_QUOTA_USED 2")
        .contains("待答复的申请", "无", "自 2026-02-23 10:00 起的 42 次查询中", "一小时内查询多人")
        .contains("&lt;li&gt;")
        .contains("逾期未答复的更正请求", "逾期未答复，已上报", "过户&lt;前&gt;", "本人")
        .contains("延迟告知", "<td>supervision</td><td>1</td><td>2</td><td>1</td>")
        .contains("<td>延迟中</td><td>2026-03-02 10:01</td><td>立案&lt;调查&gt; 《监察法》</td>")
        .contains("<td>sun, qian</td>")
        .contains("应急共享", "<td>2026-7</td><td>flood</td><td>li, he</td>", "复盘逾期，应复盘于")
        .doesNotContain("<td><li>");
  }

  @Test
  @Tag("slow")
  void report_inABrowser_isUsableForEverybody(@TempDir Path folder) throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium-driver is not installed");
    var axe = new Axe();
    try (var browser = Browser.start(folder, "en-US", 1280)) {
      for (var language : Language.values()) {
        var html = new SupervisionHtml(language).found(REPORT);
        axe.look(browser, "supervision " + language, html);
      }
    }
    axe.requireClean();
  }

  @Test
  void report_inEnglish_isTheSame_andWhoeverMayNotIsTold() {
    SupervisionHtml html = new SupervisionHtml(Language.EN);
    assertThat(html.found(REPORT))
        .contains("Who shares what with whom", "Unanswered applications", "none")
        .contains("In 42 queries since 2026-02-23 10:00", "many people within an hour")
        .contains("review late, to be reviewed until 2026-03-02 09:59");
    assertThat(html.refused("NOT_ALLOWED", "role: operator"))
        .contains("This page is for audit administrators.")
        .doesNotContain("operator");
  }
}
