package govcloud.node.supervision;

import govcloud.domain.sharing.Activation;
import govcloud.node.page.CorrectionHtml;
import govcloud.node.page.Frame;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import govcloud.node.page.RecallHtml;
import govcloud.node.sharing.AgreementRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The supervisors' view as text; it needs no script. */
final class SupervisionHtml {

  private static final String PATH = "/supervision";

  private final Language language;

  SupervisionHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  private Html begin() {
    return Frame.begin(language, PATH, say("数据共享监督", "Supervision of data sharing"), "looks");
  }

  /** The page of a supervisor. */
  String found(Supervision.Report report) {
    var html = begin();
    html.element("h2", say("谁与谁共享什么", "Who shares what with whom"));
    table(
        html,
        List.of(
            say("需求方", "Asks"),
            say("提供方", "Gives"),
            say("资源", "Resource"),
            say("已提供", "Given"),
            say("已拒绝", "Refused"),
            say("拒绝原因", "Why")),
        report.crossings().stream().map(SupervisionHtml::cells).toList());
    html.element("h2", say("待答复的申请", "Unanswered applications"));
    table(
        html,
        List.of(
            say("需求方", "Asks"),
            say("协议", "Agreement"),
            say("提供方", "Gives"),
            say("阶段", "Stage"),
            say("时限", "Due"),
            say("逾期", "Late")),
        report.unanswered().stream().map(this::cells).toList());
    emergencies(html, report);
    new RecallHtml(language).ofSupervisor(html, report.recalls());
    new CorrectionHtml(language).ofSupervisor(html, report.silent());
    deferrals(html, report);
    unusual(html, report);
    return Frame.end(html);
  }

  private void deferrals(Html html, Supervision.Report report) {
    var words = new DeferralHtml(language);
    html.element("h2", say("延迟告知", "Deferred notices"));
    table(html, words.countTitles(), report.deferrals().stream().map(words::cells).toList());
    if (!report.deferred().isEmpty()) {
      table(
          html,
          words.titles(),
          report.deferred().stream().map(row -> words.cells(row, report.at())).toList());
    }
  }

  private void emergencies(Html html, Supervision.Report report) {
    html.element("h2", say("应急共享", "Emergency agreements"));
    table(
        html,
        List.of(
            say("使用方", "Asks"),
            say("协议", "Agreement"),
            say("提供方", "Gives"),
            say("启用", "Activation"),
            say("事件", "Incident"),
            say("原因", "Why"),
            say("启用人", "By"),
            say("状态", "State")),
        report.emergencies().stream().map(row -> cells(report, row)).toList());
  }

  private List<String> cells(Supervision.Report report, AgreementRow row) {
    var activation = row.state().activation().orElseThrow();
    var state =
        activation.stage() == Activation.Stage.ACTIVE
            ? say("启用至 ", "active until ") + activation.until().map(this::minute).orElse("")
            : (report.isLate(activation) ? say("复盘逾期，", "review late, ") : "")
                + say("应复盘于 ", "to be reviewed until ")
                + activation.reviewDue().map(this::minute).orElse("");
    return List.of(
        row.consumer(),
        row.agreement(),
        row.state().terms().orElseThrow().provider(),
        String.valueOf(activation.number()),
        activation.incident(),
        activation.reason(),
        activation.requestedBy() + ", " + activation.activatedBy(),
        state);
  }

  private void unusual(Html html, Supervision.Report report) {
    html.element("h2", say("异常使用", "Unusual use"));
    html.element(
        "p",
        "calm",
        say(
                "自 %s 起的 %d 次查询中。异常不等于违规，请核实。",
                "In %2$d queries since %1$s. What is unusual may be right; look into it.")
            .formatted(Html.MINUTE.format(report.from()), report.looked()));
    table(
        html,
        List.of(
            say("情形", "What"),
            say("部门", "Office"),
            say("人员或办件", "Clerk or case"),
            say("次数", "Count"),
            say("通常不超过", "Usual up to"),
            say("最近", "Last")),
        report.unusual().stream().map(this::cells).toList());
  }

  private static List<String> cells(Crossing one) {
    return List.of(
        one.consumer(),
        one.provider(),
        one.resource(),
        String.valueOf(one.permitted()),
        String.valueOf(one.refused()),
        one.refusals().entrySet().stream()
            .map(code -> code.getKey() + " " + code.getValue())
            .collect(Collectors.joining(", ")));
  }

  private List<String> cells(AgreementRow row) {
    var proposal = row.state().proposal().orElseThrow();
    var stage =
        switch (proposal.stage()) {
          case SUBMITTED -> say("待审查", "waits for the check");
          case CHECKED -> say("待提供方答复", "waits for the provider");
          case SIGNING -> say("待签署", "waits for signatures");
          default -> proposal.stage().name().toLowerCase(Locale.ROOT);
        };
    return List.of(
        row.consumer(),
        row.agreement(),
        proposal.terms().provider(),
        stage,
        proposal.due().map(this::minute).orElse(""),
        proposal.escalated() ? say("是", "yes") : "");
  }

  private List<String> cells(Unusual one) {
    var what =
        switch (one.kind()) {
          case OFF_HOURS -> say("工作时间以外", "outside office hours");
          case ENUMERATION -> say("一小时内查询多人", "many people within an hour");
          case CASE_REUSED -> say("一个办件查询多人", "one case for many people");
          case REFUSED_OFTEN -> say("屡次被拒绝", "refused again and again");
          case OWN_DATA -> say("查询本人", "oneself");
          case COLLEAGUES -> say("查询本部门人员", "people of the same department");
        };
    return List.of(
        what,
        one.office(),
        one.who(),
        String.valueOf(one.count()),
        String.valueOf(one.limit()),
        minute(one.to()));
  }

  private String minute(Instant at) {
    return Html.MINUTE.format(at);
  }

  private void table(Html html, List<String> titles, List<List<String>> rows) {
    if (rows.isEmpty()) {
      html.element("p", "calm", say("无", "none"));
      return;
    }
    // on a small screen the table is moved, not the page
    html.raw("<div class=\"part\" tabindex=\"0\"><table><thead><tr>");
    titles.forEach(title -> html.raw("<th scope=\"col\">").text(title).raw("</th>"));
    html.raw("</tr></thead><tbody>");
    rows.forEach(
        row -> {
          html.raw("<tr>");
          row.forEach(cell -> html.element("td", cell));
          html.raw("</tr>");
        });
    html.raw("</tbody></table></div>");
  }

  /** A page that says why nothing is shown. */
  String refused(String code, String detail) {
    var html = begin();
    html.trouble(
        code.equals("NOT_ALLOWED")
            ? say("本页仅供审计管理员使用。", "This page is for audit administrators.")
            : say("暂时无法处理：", "It cannot be done now: ") + detail);
    return Frame.end(html);
  }
}
