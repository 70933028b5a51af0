package govcloud.node.page;

import govcloud.domain.recall.RecallState.Status;
import govcloud.domain.recall.RecallState.Told;
import govcloud.node.recall.RecallRow;
import java.util.List;
import java.util.stream.Collectors;

/** Recalls on the pages of those who look after them; it needs no script. */
public final class RecallHtml {

  private final Language language;

  public RecallHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** What was corrected of a citizen's data after it was given out; nothing where nothing was. */
  public void ofCitizen(Html html, List<RecallRow> recalls) {
    if (recalls.isEmpty()) {
      return;
    }
    html.element("h2", say("已更正的数据", "Data that were corrected"));
    html.element(
        "p",
        "calm",
        say(
            "下列数据曾有误并已提供给其他部门；提供方已更正，收到错误数据的部门须逐件确认处理。",
            "These data were wrong when they were given out. They are corrected, and each office"
                + " that received them has to say what it has done."));
    list(html, recalls);
  }

  /** Those that somebody has not acknowledged. */
  public void ofSupervisor(Html html, List<RecallRow> recalls) {
    html.element("h2", say("未了结的数据召回", "Open recalls"));
    if (recalls.isEmpty()) {
      html.element("p", "calm", say("无", "none"));
      return;
    }
    list(html, recalls);
  }

  private void list(Html html, List<RecallRow> recalls) {
    html.raw("<ul class=\"records\">");
    recalls.forEach(row -> item(html, row));
    html.raw("</ul>");
  }

  private void item(Html html, RecallRow row) {
    var state = row.state();
    var matter = state.matter().orElseThrow();
    var open = state.status() == Status.OPEN;
    html.raw("<li><p>")
        .element(
            "span",
            open ? "badge red" : "badge",
            open
                ? say(
                    state.waiting() + " 件待确认",
                    state.waiting() == 1 ? "1 case waits" : state.waiting() + " cases wait")
                : say("均已确认", "all acknowledged"))
        .raw(" <strong>")
        .text(say(matter.nameZh(), matter.nameEn()))
        .raw("</strong> ")
        .text(matter.reason())
        .raw("</p><dl>");
    html.fact(say("提供方", "Corrected by"), row.issuer());
    html.fact(say("编号", "Recall"), row.name());
    html.fact(say("有误字段", "Wrong"), String.join(say("、", ", "), matter.fields()));
    html.fact(say("有误自", "Since"), Html.MINUTE.format(matter.since()));
    html.fact(say("更正于", "Recalled"), state.issuedAt().map(Html.MINUTE::format).orElse(""));
    html.fact(
        say("确认时限", "To be acknowledged until"),
        state.due().map(Html.MINUTE::format).orElse("")
            + (open && state.escalated() ? say("（已逾期）", " (late)") : ""));
    html.fact(say("收到的办件", "Received by"), received(state.receivers()));
    html.raw("</dl></li>");
  }

  private String received(List<Told> receivers) {
    return receivers.isEmpty()
        ? say("无", "nobody")
        : receivers.stream()
            .map(
                one ->
                    one.receiver().consumer()
                        + " "
                        + one.receiver().caseId()
                        + one.acknowledged()
                            .map(said -> say("（已确认：", " (done: ") + said.note() + say("）", ")"))
                            .orElse(say("（待确认）", " (waits)")))
            .collect(Collectors.joining(say("；", "; ")));
  }
}
