package govcloud.node.page;

import govcloud.node.http.BorderCode;
import java.util.Map;

/** The whole page around its parts. */
final class FirstPage {

  private final Language language;

  FirstPage(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  String whole(String cloud, Map<String, String> parts) {
    var html = head();
    html.raw("<a class=\"skip\" href=\"#main\">")
        .text(say("跳到正文", "Skip to content"))
        .raw("</a><header><p class=\"brand\">")
        .raw(Frame.home(language))
        .raw(" <code>")
        .text(cloud)
        .raw("</code></p><p id=\"live\" role=\"status\" data-live=\"")
        .text(say("实时", "live"))
        .raw("\" data-lost=\"")
        .text(say("连接中断，正在重连", "connection lost, trying again"))
        .raw("\"></p><nav aria-label=\"")
        .text(say("语言", "Language"))
        .raw("\">");
    otherLanguage(html);
    html.raw("</nav></header><main id=\"main\"><h1>").text(say("总览", "Overview")).raw("</h1>");
    list(html, "answers", "answers", parts);
    section(html, "cluster", say("集群", "Cluster"), "nodes", parts);
    section(html, "replication", say("本云与兄弟云", "This cloud and its sibling"), "nodes", parts);
    section(html, "attention", say("需关注事项", "Needs attention"), "", parts);
    section(html, "late", say("黄牌与红牌办件", "Cases turning yellow and red"), "", parts);
    section(html, "cases", say("各状态办件", "Cases by state"), "", parts);
    section(html, "tenants", say("部门", "Departments"), "", parts);
    section(html, "views", say("视图滞后", "Lag of views"), "", parts);
    return html.raw("</main></body></html>\n").toString();
  }

  private Html head() {
    return new Html()
        .raw("<!doctype html>\n<html lang=\"" + language.tag() + "\"><head>")
        .raw("<meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<title>")
        .text(say("政务云 · 总览", "Government cloud · Overview"))
        .raw("</title><link rel=\"icon\" href=\"data:,\">")
        .raw("<link rel=\"stylesheet\" href=\"/page/page.css\">")
        .raw("<script type=\"module\" src=\"/page/page.js\"></script></head><body>");
  }

  private void otherLanguage(Html html) {
    var other = language.other();
    html.raw("<a href=\"/?lang=" + other.code() + "\" hreflang=\"" + other.tag() + "\" lang=\"")
        .raw(other.tag() + "\">")
        .text(other == Language.ZH ? "中文" : "English")
        .raw("</a>");
  }

  private static void list(Html html, String part, String css, Map<String, String> parts) {
    html.raw("<ul class=\"" + css + "\" data-part=\"" + part + "\">")
        .raw(parts.get(part))
        .raw("</ul>");
  }

  private static void section(
      Html html, String part, String title, String listClass, Map<String, String> parts) {
    html.raw("<section aria-labelledby=\"h-" + part + "\"><h2 id=\"h-" + part + "\">")
        .text(title)
        .raw("</h2>");
    if (listClass.isEmpty()) {
      html.raw("<div class=\"part\" data-part=\"" + part + "\">")
          .raw(parts.get(part))
          .raw("</div>");
    } else {
      list(html, part, listClass, parts);
    }
    html.raw("</section>");
  }

  /**
   * What somebody sees who is not let in.
   *
   * @param status 401: nobody knows who it is
   */
  String closed(int status) {
    var stranger = status == BorderCode.TOKEN_NEEDED.status();
    var html = Frame.begin(language, "/", say("总览", "Overview"), "narrow");
    html.trouble(
        stranger
            ? say("请先登录。", "Please sign in first.")
            : say("本页仅供运营员使用。", "This page is for operators."));
    html.raw("<p><a href=\"" + (stranger ? "/sign-in" : "/my-account") + "?lang=" + language.code())
        .raw("\">")
        .text(stranger ? say("登录", "Sign in") : say("我的账号", "My account"))
        .raw("</a></p>");
    html.element(
        "p",
        say(
            "也可以打开 ./govcloud up 或 ./govcloud status 显示的链接。",
            "The link that ./govcloud up or ./govcloud status prints opens it as well."));
    return Frame.end(html);
  }
}
