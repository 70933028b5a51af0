package govcloud.node.citizen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.contract.CorrectionFixture;
import govcloud.domain.correction.CorrectionEvent;
import govcloud.domain.correction.CorrectionState;
import govcloud.node.Axe;
import govcloud.node.Browser;
import govcloud.node.correction.CorrectionRow;
import govcloud.node.exchange.ExchangeRow;
import govcloud.node.page.Language;
import govcloud.node.projection.Page;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a citizen sees of those who looked at the own data, as text and in a browser. */
class CitizenHtmlTest {
  private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");

  private static Access access(String id, List<String> fields, String code) {
    var row =
        new ExchangeRow(
            id.repeat(32),
            NOW,
            "transport",
            "police",
            "violations-2026",
            "traffic-violations",
            "交通违法",
            "traffic violations",
            "permits/c-1",
            "li",
            "reviewer",
            fields,
            fields.stream().limit(1).toList(),
            "换证<核查>",
            "《道路交通安全法》",
            code,
            "harbour.gov.example/2026",
            7,
            "subject",
            "",
            false);
    return new Access(
        row,
        new LocalText("交通局", "Transport"),
        new LocalText("公安局", "Police"),
        fields.stream().map(field -> new LocalText("字段" + field, "field " + field)).toList(),
        Optional.empty(),
        Optional.of(new Access.Late(NOW, "《监察法》")).filter(late -> code.isEmpty()));
  }

  private static CorrectionRow correction() {
    var asked = new CorrectionEvent.Asked(CorrectionFixture.MATTER, "0", "过户<前>", NOW, NOW);
    return new CorrectionRow("police", CorrectionState.NONE.after(asked), 1);
  }

  private static String page(Language language) {
    var page =
        new Page<>(
            List.of(
                access("a", List.of("plate", "points"), ""),
                access("b", List.of(), "EXCHANGE_SUBJECT_NOT_PARTY")),
            Optional.of("next"));
    var said = new CitizenHtml.Said(List.of(), List.of(correction()));
    return new CitizenHtml(language).found(page, said, "word");
  }

  @Test
  void looks_inBothLanguages_sayWhoLookedAndWhyNot_escaped() {
    assertThat(page(Language.ZH))
        .contains("交通局查询了您的“交通违法”", "字段plate（已遮蔽）", "您不是该办件的当事人", "过户&lt;前&gt;")
        .contains("换证&lt;核查&gt;")
        .doesNotContain("<script");
    assertThat(page(Language.EN))
        .contains("Transport tried to look at: traffic violations", "field plate (masked)");
  }

  @Test
  @Tag("slow")
  void looks_inABrowser_areUsableForEverybody(@TempDir Path folder) throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium-driver is not installed");
    var axe = new Axe();
    try (var browser = Browser.start(folder, "en-US", 1280)) {
      for (var language : Language.values()) {
        axe.look(browser, "my data " + language, page(language));
        var nothing = new Page<Access>(List.of(), Optional.empty());
        var said = new CitizenHtml.Said(List.of(), List.of());
        var html = new CitizenHtml(language);
        axe.look(browser, "no data " + language, html.found(nothing, said, "word"));
        axe.look(browser, "refused " + language, html.refused("NOT_ALLOWED", ""));
      }
    }
    axe.requireClean();
  }
}
