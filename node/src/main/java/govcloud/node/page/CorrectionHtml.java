package govcloud.node.page;

import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.correction.CorrectionState.Status;
import govcloud.node.correction.CorrectionRow;
import java.util.List;

/** Requests for corrections on the pages of those who look after them; it needs no script. */
public final class CorrectionHtml {

  private final Language language;

  public CorrectionHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** What a citizen has asked for; nothing where nothing was. */
  public void ofCitizen(Html html, List<CorrectionRow> rows) {
    if (!rows.isEmpty()) {
      html.element("h2", say("您要求的更正", "Corrections that you asked for"));
      list(html, rows);
    }
  }

  /** Those that departments have left lying. */
  public void ofSupervisor(Html html, List<CorrectionRow> rows) {
    html.element("h2", say("逾期未答复的更正请求", "Corrections that nobody answers"));
    if (rows.isEmpty()) {
      html.element("p", "calm", say("无", "none"));
      return;
    }
    list(html, rows);
  }

  private void list(Html html, List<CorrectionRow> rows) {
    html.raw("<ul class=\"records\">");
    rows.forEach(row -> row.state().matter().ifPresent(matter -> item(html, row.state(), matter)));
    html.raw("</ul>");
  }

  private void item(Html html, CorrectionState state, CorrectionState.Matter matter) {
    html.raw("<li><p>")
        .element("span", state.status() == Status.OPEN ? "badge red" : "badge", status(state))
        .raw(" <strong>")
        .text(say(matter.nameZh(), matter.nameEn()) + say("：", ": ") + matter.field())
        .raw("</strong></p><dl>");
    html.fact(
        say("请求方", "Asked by"),
        matter.asker() == Asker.CITIZEN ? say("本人", "the citizen") : matter.consumer());
    html.fact(say("提供方", "Data of"), matter.provider());
    html.fact(say("理由", "Why"), state.reason());
    html.fact(say("请求于", "Asked"), state.askedAt().map(Html.MINUTE::format).orElse(""));
    html.fact(say("答复时限", "Answer due"), state.due().map(Html.MINUTE::format).orElse(""));
    state
        .answer()
        .ifPresent(
            answer -> {
              html.fact(say("答复", "The answer"), answer.reason());
              html.fact(say("数据召回", "Recall"), answer.recall());
            });
    html.raw("</dl></li>");
  }

  private String status(CorrectionState state) {
    return switch (state.status()) {
      case ACCEPTED -> say("已更正", "corrected");
      case REFUSED -> say("未予更正", "not corrected");
      case OPEN, NONE ->
          state.escalated()
              ? say("逾期未答复，已上报", "late, and told to the operator")
              : say("待答复", "waits for the answer");
    };
  }
}
