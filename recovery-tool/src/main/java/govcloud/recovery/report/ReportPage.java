package govcloud.recovery.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** A report as one HTML file that needs nothing beside it. */
final class ReportPage {
  private static final String STYLE =
      """
      body{font:16px/1.5 "Noto Sans CJK SC",system-ui,sans-serif;max-width:70rem;margin:2rem auto;\
      padding:0 1rem;color:#16202e}
      table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
      th,td{border-bottom:1px solid #cfd7e3;padding:.35rem .5rem;text-align:left;\
      overflow-wrap:anywhere;vertical-align:top}
      .good{color:#1a6b33}.bad{color:#a5190f}
      """;

  private ReportPage() {}

  static String html(JsonNode report) {
    boolean drill = report.has("drill");
    String title =
        (drill ? "Drill of " : "Recovery of ")
            + report.path("cloud").asText()
            + (drill ? " 演练报告" : " 恢复报告");
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>")
        .append(escape(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(escape(title))
        .append("</h1>")
        .append(drill ? outcome(report) : proof(report));
    facts(html, "Scope 范围", report);
    for (Map.Entry<String, JsonNode> part : report.properties()) {
      JsonNode value = part.getValue();
      if (value.isObject()) {
        facts(html, part.getKey(), value);
      }
    }
    if (drill) {
      rows(html, "Measured, by department 各部门实测", report.path("tenants"));
      rows(html, "Tried on the restored cloud 恢复后试用", report.path("smoke"));
    }
    rows(html, "Departments 部门", report.path("proof").path("tenants"));
    rows(html, "Differences 差异", report.path("proof").path("findings"));
    if (!drill) {
      rows(html, "Possibly lost, by department 可能丢失的数据", report.path("loss").path("tenants"));
    }
    return html.append(
            "<p>report.json is what was signed; report.sig is the signature. 以 report.json 及其签名为准。")
        .append("</p></body></html>\n")
        .toString();
  }

  private static String proof(JsonNode report) {
    return report.path("proof").path("proved").asBoolean()
        ? mood(true, "Everything is as it was signed. 全部与签名一致。")
        : mood(false, "Something is not as it was signed. 有内容与签名不一致。");
  }

  /** The first line answers: can this cloud be recovered, how long does it take, what is lost? */
  private static String outcome(JsonNode report) {
    JsonNode measured = report.path("measured");
    return switch (report.path("outcome").asText()) {
      case "good" ->
          mood(
              true,
              measured.has("recovery_time_seconds")
                  ? "Everything was back and usable after %1$s s, up to %2$s. 全部恢复并可用，用时 %1$s 秒，恢复到 %2$s。"
                      .formatted(
                          measured.path("recovery_time_seconds").asText(),
                          measured.path("last_record_at").asText())
                  : "The sample is as it was signed. 抽样部分与签名一致。");
      case "different" -> mood(false, "Something is not as it was signed. 有内容与签名不一致。");
      case "not_usable" ->
          mood(
              false, "Everything is as it was signed, but something did not work. 数据与签名一致，但有操作失败。");
      default -> mood(false, "It was not carried through. 演练未能完成。");
    };
  }

  private static String mood(boolean good, String words) {
    return "<p class=\"%s\"><strong>%s %s</strong></p>"
        .formatted(good ? "good" : "bad", good ? "✓" : "!", escape(words));
  }

  /** The single values of an object. */
  private static void facts(StringBuilder html, String title, JsonNode object) {
    html.append("<h2>").append(escape(words(title))).append("</h2><table>");
    for (Map.Entry<String, JsonNode> fact : object.properties()) {
      JsonNode value = fact.getValue();
      boolean list = value.isArray() && (value.isEmpty() || value.get(0).isValueNode());
      if (value.isValueNode() || list) {
        html.append(
            "<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
                .formatted(escape(words(fact.getKey())), escape(text(value))));
      }
    }
    html.append("</table>");
  }

  private static void rows(StringBuilder html, String title, JsonNode items) {
    html.append("<h2>").append(title).append("</h2>");
    if (items.isEmpty()) {
      html.append("<p>None. 无。</p>");
      return;
    }
    html.append("<table><tr>");
    for (Iterator<String> names = items.get(0).fieldNames(); names.hasNext(); ) {
      html.append("<th scope=\"col\">").append(escape(words(names.next()))).append("</th>");
    }
    html.append("</tr>");
    for (JsonNode item : items) {
      html.append("<tr>");
      item.forEach(cell -> html.append("<td>").append(escape(text(cell))).append("</td>"));
      html.append("</tr>");
    }
    html.append("</table>");
  }

  private static String words(String key) {
    return key.replace('_', ' ');
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      StringBuilder text = new StringBuilder();
      value.forEach(one -> text.append(text.isEmpty() ? "" : ", ").append(one.asText()));
      return text.isEmpty() ? "nobody named" : text.toString();
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
