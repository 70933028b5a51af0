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
    boolean good = report.path("proof").path("proved").asBoolean();
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>Recovery of ")
        .append(escape(report.path("cloud").asText()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Recovery of ")
        .append(escape(report.path("cloud").asText()))
        .append(" 恢复报告</h1><p class=\"")
        .append(good ? "good" : "bad")
        .append("\"><strong>")
        .append(
            good
                ? "✓ Everything is as it was signed. 全部与签名一致。"
                : "! Something is not as it was signed. 有内容与签名不一致。")
        .append("</strong></p>");
    facts(html, "Scope 范围", report);
    for (Map.Entry<String, JsonNode> part : report.properties()) {
      JsonNode value = part.getValue();
      if (value.isObject()) {
        facts(html, part.getKey(), value);
      }
    }
    rows(html, "Departments 部门", report.path("proof").path("tenants"));
    rows(html, "Differences 差异", report.path("proof").path("findings"));
    rows(html, "Possibly lost, by department 可能丢失的数据", report.path("loss").path("tenants"));
    return html.append(
            "<p>report.json is what was signed; report.sig is the signature. 以 report.json 及其签名为准。")
        .append("</p></body></html>\n")
        .toString();
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
