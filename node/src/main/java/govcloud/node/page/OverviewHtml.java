package govcloud.node.page;

import govcloud.node.attention.AttentionItem;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.cluster.ClusterView.Node;
import govcloud.node.page.Overview.AppCases;
import govcloud.node.replication.ReplicationStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of the first page; each can be replaced by itself when it changes. */
final class OverviewHtml {

  private static final int COLOURS = 16;
  private static final int MACHINES_TO_LOSE_ONE = 3;

  private final Language language;

  OverviewHtml(Language language) {
    this.language = language;
  }

  /** Every part by the name under which it is sent. */
  Map<String, String> parts(Overview overview) {
    var parts = new LinkedHashMap<String, String>();
    parts.put("answers", answers(overview));
    parts.put("cluster", cluster(overview));
    parts.put("replication", new CloudsHtml(language).list(overview));
    parts.put("attention", attention(overview));
    parts.put("cases", cases(overview));
    parts.put("late", new LateHtml(language).table(overview));
    parts.put("tenants", new TenantsHtml(language).table(overview));
    parts.put("views", views(overview));
    return parts;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  private String answers(Overview overview) {
    var html = new Html();
    var red = overview.attention().stream().anyMatch(OverviewHtml::isMachineTrouble);
    var lost = overview.cluster().unallocated().size();
    var up = overview.cluster().nodes().stream().filter(OverviewHtml::isUp).count();
    var all = overview.cluster().nodes().size();
    var healthy = lost == 0 && !red && up == all;
    answer(
        html,
        healthy ? "good" : lost > 0 || red ? "bad" : "warn",
        say("现在正常吗？", "Healthy now?"),
        healthy ? say("正常", "Yes") : lost > 0 || red ? say("不正常", "No") : say("需留意", "Nearly"),
        say("节点 " + up + "/" + all + " 在线，", up + " of " + all + " nodes up, ")
            + (lost == 0
                ? say("所有分片均有归属", "every slice has a home")
                : say(lost + " 个分片无归属", lost + " slices without a home")));
    var spare = up >= MACHINES_TO_LOSE_ONE && lost == 0;
    answer(
        html,
        spare ? "good" : "warn",
        say("损失一台机器？", "Lose one machine?"),
        spare ? say("可承受", "Covered") : say("不可承受", "Not covered"),
        spare
            ? say("其余节点自动接管分片", "The others take its slices over")
            : say("至少需要 3 个在线节点", "At least 3 nodes must be up"));
    site(html, overview.replication().now());
    work(html, overview);
    return html.toString();
  }

  private void site(Html html, ReplicationStatus replication) {
    boolean covered = replication.isCovered();
    answer(
        html,
        covered ? "good" : "warn",
        say("损失本站点？", "Lose this site?"),
        covered ? say("可承受", "Covered") : say("不可承受", "Not covered"),
        language.of(replication.wouldLose()));
  }

  private void work(Html html, Overview overview) {
    answer(
        html,
        overview.red() > 0 ? "bad" : overview.yellow() > 0 ? "warn" : "good",
        say("办件按时吗？", "Cases on time?"),
        overview.red() > 0
            ? say(overview.red() + " 件红牌", overview.red() + " red")
            : overview.yellow() > 0 ? say("有黄牌", "Some are close") : say("按时", "Yes"),
        say(
            "在办 " + open(overview) + " 件，黄牌 " + overview.yellow() + " 件",
            open(overview) + " open, " + overview.yellow() + " yellow"));
    var active = overview.tenantCounts().getOrDefault("active", 0L);
    answer(
        html,
        "plain",
        say("部门", "Departments"),
        Long.toString(active),
        say(
            "已启用部门，租用 " + overview.apps().size() + " 种应用",
            "active, renting " + overview.apps().size() + " kinds of app"));
  }

  private static long open(Overview overview) {
    return overview.openCases().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void answer(
      Html html, String mood, String question, String answer, String detail) {
    html.raw("<li class=\"answer " + mood + "\">")
        .element("span", "question", question)
        .element("strong", answer)
        .element("span", "detail", detail)
        .raw("</li>");
  }

  /** Late cases are answered for by departments; the cloud is healthy all the same. */
  private static boolean isMachineTrouble(AttentionItem item) {
    return item.severity() == Severity.RED && !item.code().startsWith("CASES_");
  }

  private static boolean isUp(Node node) {
    return node.status().equals("up");
  }

  private String cluster(Overview overview) {
    var html = new Html();
    for (var node : overview.cluster().nodes()) {
      node(html, node, node.name().equals(overview.self()));
    }
    var homeless = overview.cluster().unallocated();
    if (!homeless.isEmpty()) {
      html.raw("<li class=\"node homeless\"><h3>")
          .text(say("无归属的分片", "Slices without a home"))
          .raw("</h3>");
      squares(html, homeless.stream().map(slice -> slice.slice()).sorted().toList());
      html.raw("</li>");
    }
    return html.toString();
  }

  private void node(Html html, Node node, boolean self) {
    html.raw("<li class=\"node " + (isUp(node) ? "up" : "notup") + "\"><h3>")
        .text(node.name())
        .raw("</h3>")
        .element("p", "status", status(node.status()))
        .element(
            "p",
            "detail",
            say(node.slices().size() + " 个分片", node.slices().size() + " slices")
                + " · "
                + node.version()
                + (self ? " · " + say("本页所在节点", "serves this page") : ""));
    squares(html, node.slices().stream().sorted().toList());
    html.raw("</li>");
  }

  private void squares(Html html, List<Integer> slices) {
    html.raw("<ul class=\"slices\" aria-label=\"").text(say("分片", "slices")).raw("\">");
    for (var slice : slices) {
      html.raw("<li class=\"k" + slice % COLOURS + "\">" + slice + "</li>");
    }
    html.raw("</ul>");
  }

  private String status(String status) {
    return switch (status) {
      case "up" -> say("在线", "up");
      case "joining" -> say("正在加入", "joining");
      case "leaving" -> say("正在排空", "leaving");
      case "exiting" -> say("正在退出", "exiting");
      case "down" -> say("已下线", "down");
      case "unreachable" -> say("不可达", "unreachable");
      default -> status;
    };
  }

  private String attention(Overview overview) {
    var html = new Html();
    if (overview.attention().isEmpty()) {
      return html.element("p", "calm", say("没有需关注的事项。", "Nothing needs attention.")).toString();
    }
    html.raw("<ul class=\"attention\">");
    for (var item : overview.attention()) {
      var red = item.severity() == Severity.RED;
      html.raw("<li class=\"" + (red ? "bad" : "warn") + "\">")
          .element("span", "badge", red ? say("紧急", "urgent") : say("注意", "note"))
          .raw("<div>")
          .element("strong", language.of(item.detail()))
          .element("code", item.subject().matches("[0-9]+") ? "" : item.subject())
          .element("p", language.of(item.action()))
          .raw("</div></li>");
    }
    return html.raw("</ul>").toString();
  }

  private String cases(Overview overview) {
    var html = new Html();
    if (overview.apps().isEmpty()) {
      return html.element("p", "calm", say("还没有租用的应用。", "No app is rented yet.")).toString();
    }
    overview.apps().forEach(app -> app(html, app));
    return html.toString();
  }

  private void app(Html html, AppCases app) {
    html.raw("<section class=\"app\"><h3>")
        .text(language.of(app.title()))
        .raw(" ")
        .element("small", say(app.total() + " 件", number(app.total(), "case", "cases")))
        .raw("</h3><ul class=\"states\">");
    for (var state : app.states()) {
      html.raw("<li" + (state.isFinal() ? " class=\"final\"" : "") + ">")
          .element("span", language.of(state.title()))
          .raw("<meter min=\"0\" max=\"" + app.total() + "\" value=\"" + state.cases() + "\"")
          .raw(" aria-label=\"")
          .text(language.of(state.title()))
          .raw("\"></meter>")
          .element("b", Long.toString(state.cases()))
          .raw("</li>");
    }
    html.raw("</ul></section>");
  }

  private static String number(long n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  private String views(Overview overview) {
    var html = new Html().raw("<ul class=\"views\">");
    for (var lag : overview.lags()) {
      var late = lag.seconds() > 5 || !lag.failing().isEmpty();
      html.raw("<li class=\"" + (late ? "warn" : "good") + "\">")
          .element("code", lag.view())
          .element(
              "span",
              lag.records() == 0
                  ? say("已跟上", "up to date")
                  : String.format(
                      Locale.ROOT,
                      say("滞后 %.1f 秒，%d 条", "%.1f s behind, %d records"),
                      lag.seconds(),
                      lag.records()))
          .raw("</li>");
    }
    return html.raw("</ul>").toString();
  }
}
