package govcloud.node.page;

import govcloud.domain.casework.ClockState.Colour;
import govcloud.node.casework.CaseRow;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;

/** Cases that turn or have turned yellow or red. */
final class LateHtml {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneId.of("Asia/Shanghai"));

  private final Language language;

  LateHtml(Language language) {
    this.language = language;
  }

  String table(Overview overview) {
    var html = new Html();
    if (overview.late().isEmpty()) {
      return html.element("p", "calm", language.of("没有黄牌或红牌的办件。", "No case is yellow or red."))
          .toString();
    }
    html.raw("<table><caption>")
        .text(
            language.of(
                "红牌 " + overview.red() + " 件，黄牌 " + overview.yellow() + " 件，逾期最久的在前",
                overview.red()
                    + " red and "
                    + overview.yellow()
                    + " yellow, the longest late first"))
        .raw("</caption><thead><tr>");
    head(html, "亮牌", "Colour");
    head(html, "办件编号", "Number");
    head(html, "办理摘要", "Title");
    head(html, "部门", "Department");
    head(html, "到期日", "Due");
    html.raw("</tr></thead><tbody>");
    var names = new HashMap<String, String>();
    overview.tenants().forEach(tenant -> names.put(tenant.tenant(), language.of(tenant.name())));
    for (var row : overview.late()) {
      var department = names.getOrDefault(row.tenant(), row.tenant());
      row(html, row, row.colour(overview.at()), department);
    }
    return html.raw("</tbody></table>").toString();
  }

  private void head(Html html, String zh, String en) {
    html.raw("<th scope=\"col\">").text(language.of(zh, en)).raw("</th>");
  }

  private void row(Html html, CaseRow row, Colour colour, String department) {
    var red = colour == Colour.RED;
    html.raw("<tr><td>")
        .element(
            "span",
            red ? "badge red" : "badge yellow",
            red ? language.of("红牌", "red") : language.of("黄牌", "yellow"))
        .raw("</td><td>")
        .text(row.number())
        .raw("</td><td>")
        .text(row.title())
        .raw("</td><td>")
        .text(department)
        .raw("</td><td class=\"date\">")
        .text(row.due().map(DAY::format).orElse("–"))
        .raw("</td></tr>");
  }
}
