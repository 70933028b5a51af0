package govcloud.node.identity;

import govcloud.domain.identity.AccountCommand;
import govcloud.node.page.Frame;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The pages of accounts as text; they need no script. */
final class SignInHtml {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

  private final Language language;

  SignInHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** One's own session, as my-account shows it. */
  record Row(String id, String source, Instant startedAt, Instant endsAt, boolean current) {}

  /** The form of a sign-in. */
  String signIn(String problem) {
    var html = head("/sign-in", say("登录", "Sign in"));
    trouble(html, problem);
    form(html, "/sign-in");
    field(html, "account", say("账号", "Account"), "text", "username");
    field(html, "password", say("密码", "Password"), "password", "current-password");
    field(
        html,
        "code",
        say("验证码（身份验证器，6 位）", "Code of the authenticator, 6 digits"),
        "text",
        "one-time-code");
    button(html, say("登录", "Sign in"));
    link(html, "/first-visit", say("首次登录：使用一次性代码", "First visit: come in with a one-time code"));
    return end(html);
  }

  /** The form of a first visit. */
  String firstVisit(String problem) {
    var html = head("/first-visit", say("首次登录", "First visit"));
    trouble(html, problem);
    form(html, "/first-visit");
    field(html, "account", say("账号", "Account"), "text", "username");
    field(html, "code", say("一次性代码", "One-time code"), "text", "off");
    field(
        html,
        "password",
        say("新密码（至少 12 个字符）", "New password, at least 12 characters"),
        "password",
        "new-password");
    button(html, say("设置密码", "Set the password"));
    link(html, "/sign-in", say("已有密码：登录", "Already been here: sign in"));
    return end(html);
  }

  /** What somebody gets who has come in for the first time. */
  String secondFactor(String secret, String uri) {
    var html = head("/first-visit", say("设置身份验证器", "Set up the authenticator"));
    html.element(
            "p",
            say(
                "请将以下密钥添加到身份验证器应用。本密钥只显示一次。",
                "Add this secret to an authenticator app. It is shown now and never again."))
        .raw("<p><code class=\"secret\">")
        .text(secret.replaceAll("(.{4})", "$1 ").strip())
        .raw("</code></p><p><a href=\"")
        .text(uri)
        .raw("\">")
        .text(say("在身份验证器中打开", "Open in the authenticator"))
        .raw("</a></p>");
    link(html, "/sign-in", say("继续登录", "Go on and sign in"));
    return end(html);
  }

  /** One's own account. */
  String account(Visitor visitor, List<Row> sessions, String word) {
    var state = visitor.state();
    var html = head("/my-account", say("我的账号", "My account"));
    html.raw("<dl>");
    fact(html, say("账号", "Account"), visitor.account());
    fact(html, say("姓名", "Name"), state.name());
    fact(html, say("部门", "Department"), state.tenant().orElse(say("平台", "the platform")));
    fact(html, say("角色", "Roles"), String.join(", ", state.roles()));
    html.raw("</dl><h2>").text(say("会话", "Sessions")).raw("</h2><ul class=\"sessions\">");
    for (var row : sessions) {
      session(html, row, word);
    }
    html.raw("</ul>");
    endForm(html, AccountCommand.EndSession.ALL, say("退出所有会话", "Sign out everywhere"), word);
    return end(html);
  }

  private void endForm(Html html, String session, String label, String word) {
    form(html, "/my-account");
    hidden(html, "session", session);
    hidden(html, "csrf", word);
    button(html, label);
  }

  private void session(Html html, Row row, String word) {
    html.raw("<li><div><strong>")
        .text(row.current() ? say("本次会话", "This session") : say("其他会话", "Another session"))
        .raw("</strong><p>")
        .text(
            say("来自 ", "from ")
                + row.source()
                + say("，开始于 ", ", since ")
                + MINUTE.format(row.startedAt())
                + say("，最迟结束于 ", ", ends by ")
                + MINUTE.format(row.endsAt()))
        .raw("</p></div>");
    var label = row.current() ? say("退出登录", "Sign out") : say("结束会话", "End it");
    endForm(html, row.id(), label, word);
    html.raw("</li>");
  }

  private Html head(String path, String title) {
    return Frame.begin(language, path, title, "narrow");
  }

  private static String end(Html html) {
    return Frame.end(html);
  }

  private static void trouble(Html html, String problem) {
    if (!problem.isEmpty()) {
      html.raw("<p class=\"trouble\" role=\"alert\">").text(problem).raw("</p>");
    }
  }

  private void form(Html html, String path) {
    html.raw("<form method=\"post\" action=\"" + path + "?lang=" + language.code() + "\">");
  }

  private static void field(
      Html html, String name, String label, String type, String autocomplete) {
    html.raw("<p><label for=\"" + name + "\">")
        .text(label)
        .raw("</label><input id=\"" + name + "\" name=\"" + name + "\" type=\"" + type)
        .raw("\" autocomplete=\"" + autocomplete + "\" required></p>");
  }

  private static void hidden(Html html, String name, String value) {
    html.raw("<input type=\"hidden\" name=\"" + name + "\" value=\"").text(value).raw("\">");
  }

  private static void button(Html html, String text) {
    html.raw("<p><button>").text(text).raw("</button></p></form>");
  }

  private void link(Html html, String path, String text) {
    html.raw("<p><a href=\"" + path + "?lang=" + language.code() + "\">")
        .text(text)
        .raw("</a></p>");
  }

  private static void fact(Html html, String name, String value) {
    html.element("dt", name).element("dd", value);
  }

  /** A problem in the words of the page. */
  String told(String code, String detail, String retryAfter) {
    return switch (code) {
      case "SIGN_IN_REFUSED" -> say("账号、密码或代码不正确。", "Account, password or code is wrong.");
      case "SIGN_IN_CODE_USED" ->
          say("该验证码已使用，请等待下一个。", "This code was used before; wait for the next one.");
      case "SIGN_IN_LOCKED" ->
          say(
              "尝试次数过多，请在 " + retryAfter + " 秒后再试。",
              "Too many wrong attempts; try again in " + retryAfter + " seconds.");
      case "SIGN_IN_BUSY" -> say("登录请求过多，请稍后再试。", "Too many sign-ins; try again soon.");
      case "PASSWORD_TOO_WEAK" -> say("密码不符合要求：", "The password is too weak: ") + detail;
      case "CSRF_TOKEN_WRONG" ->
          say("请求可能来自其他网站，未执行。", "The request may come from another site; nothing was done.");
      default -> say("暂时无法处理：", "It cannot be done now: ") + detail;
    };
  }
}
