package govcloud.node.page;

import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.TenantState;
import govcloud.node.tenant.TenantRow;

/** The departments. */
final class TenantsHtml {

  private final Language language;

  TenantsHtml(Language language) {
    this.language = language;
  }

  String table(Overview overview) {
    var html = new Html();
    var all = overview.tenantCounts().values().stream().mapToLong(Long::longValue).sum();
    if (overview.tenants().isEmpty()) {
      return html.element("p", "calm", language.of("还没有登记的部门。", "No department is registered yet."))
          .toString();
    }
    var shown = overview.tenants().size();
    html.raw("<table><caption>")
        .text(
            language.of(
                "共 " + all + " 个部门" + (shown < all ? "，显示前 " + shown + " 个" : ""),
                all + " departments" + (shown < all ? ", the first " + shown : "")))
        .raw("</caption><thead><tr>");
    head(html, "部门", "Department");
    head(html, "状态", "Status");
    head(html, "套餐", "Plan");
    head(html, "灾备等级", "Disaster class");
    head(html, "在办", "Open cases");
    html.raw("</tr></thead><tbody>");
    overview
        .tenants()
        .forEach(row -> row(html, row, overview.openCases().getOrDefault(row.tenant(), 0L)));
    return html.raw("</tbody></table>").toString();
  }

  private void head(Html html, String zh, String en) {
    html.raw("<th scope=\"col\">").text(language.of(zh, en)).raw("</th>");
  }

  private void row(Html html, TenantRow row, long open) {
    html.raw("<tr><th scope=\"row\">")
        .text(language.of(row.name()))
        .raw(" ")
        .element("code", row.tenant())
        .raw("</th><td>")
        .text(status(row.status()))
        .raw("</td><td>")
        .text(plan(row.plan()))
        .raw("</td><td>")
        .text(disasterClass(row.disasterClass()))
        .raw("</td><td class=\"number\">" + open + "</td></tr>");
  }

  private String status(TenantState.Status status) {
    return switch (status) {
      case VACANT -> "–";
      case REGISTERED -> language.of("已登记", "registered");
      case ACTIVE -> language.of("已启用", "active");
      case SUSPENDED -> language.of("已暂停", "suspended");
      case CLOSED -> language.of("已关闭", "closed");
    };
  }

  private String plan(Plan plan) {
    return switch (plan) {
      case SMALL -> language.of("小型", "small");
      case STANDARD -> language.of("标准", "standard");
      case LARGE -> language.of("大型", "large");
    };
  }

  private String disasterClass(DisasterClass disasterClass) {
    return switch (disasterClass) {
      case DAILY -> language.of("每日", "daily");
      case CONTINUOUS -> language.of("持续", "continuous");
      case ZERO_LOSS -> language.of("零丢失", "zero loss");
    };
  }
}
