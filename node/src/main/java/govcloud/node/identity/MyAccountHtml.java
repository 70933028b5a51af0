package govcloud.node.identity;

import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Passkey;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import java.time.Instant;
import java.util.List;

/** One's own account as text; only the page that adds a passkey needs script. */
final class MyAccountHtml extends FormHtml {

  /** Proves that a form is from a page of ours. */
  private final String word;

  MyAccountHtml(Language language, String word) {
    super(language, "/my-account");
    this.word = word;
  }

  /** One's own session. */
  record Row(String id, String source, Instant startedAt, Instant endsAt, boolean current) {}

  /** The whole account. */
  String account(
      String account, AccountState state, List<OwnPage> pages, List<Row> sessions, String problem) {
    var html = head(say("我的账号", "My account"), problem);
    html.raw("<dl>");
    html.fact(say("账号", "Account"), account);
    html.fact(say("姓名", "Name"), state.name());
    html.fact(say("部门", "Department"), state.tenant().orElse(say("平台", "the platform")));
    html.fact(say("角色", "Roles"), String.join(", ", state.roles()));
    html.raw("</dl>");
    pages(html, pages);
    section(html, say("会话", "Sessions"));
    html.raw("<ul class=\"sessions\">");
    sessions.forEach(row -> session(html, row));
    html.raw("</ul>");
    endForm(html, AccountCommand.EndSession.ALL, say("退出所有会话", "Sign out everywhere"));
    if (state.credentials().provider().isPresent()) {
      provider(html);
      return end(html);
    }
    factors(html, state);
    addPasskey(html);
    changePassword(html);
    return end(html);
  }

  private void pages(Html html, List<OwnPage> pages) {
    if (!pages.isEmpty()) {
      section(html, say("可查看的页面", "Pages for you"));
      html.raw("<ul class=\"pages\">");
      for (OwnPage page : pages) {
        html.raw("<li><a href=\"" + inLanguage(page.path()) + "\">")
            .text(say(page.zh(), page.en()))
            .raw("</a></li>");
      }
      html.raw("</ul>");
    }
  }

  private static void section(Html html, String title) {
    html.element("h2", title);
  }

  private void own(Html html, String action) {
    form(html, action);
    html.hidden("csrf", word);
  }

  private void endForm(Html html, String session, String label) {
    own(html, "/my-account");
    html.hidden("session", session);
    button(html, label);
  }

  private void session(Html html, Row row) {
    html.raw("<li><div><strong>")
        .text(row.current() ? say("本次会话", "This session") : say("其他会话", "Another session"))
        .raw("</strong><p>")
        .text(
            say("来自 ", "from ")
                + row.source()
                + say("，开始于 ", ", since ")
                + Html.MINUTE.format(row.startedAt())
                + say("，最迟结束于 ", ", ends by ")
                + Html.MINUTE.format(row.endsAt()))
        .raw("</p></div>");
    endForm(html, row.id(), row.current() ? say("退出登录", "Sign out") : say("结束会话", "End it"));
    html.raw("</li>");
  }

  private void provider(Html html) {
    section(html, say("登录方式", "How you sign in"));
    html.element(
        "p",
        say(
            "通过身份提供方登录；密码和第二因素由其管理。",
            "Through the identity provider, which keeps your password and second factor."));
  }

  private void factors(Html html, AccountState state) {
    section(html, say("第二因素", "Second factors"));
    own(html, "/my-account/second-factors");
    html.raw("<fieldset class=\"choices\"><legend>")
        .text(say("密码之外用于登录", "They let you in beside the password"))
        .raw("</legend>");
    var in = state.credentials();
    if (in.totpSecret().isPresent()) {
      choice(
          html,
          AccountCommand.RemoveSecondFactor.TOTP,
          say("身份验证器（验证码）", "Authenticator (codes)"),
          say("可能被钓鱼网站骗取", "a false site can ask for its codes"));
    }
    for (Passkey passkey : in.passkeys()) {
      choice(
          html,
          passkey.id(),
          say("通行密钥：", "Passkey: ") + passkey.name(),
          say("添加于 ", "added ") + Html.MINUTE.format(passkey.addedAt()));
    }
    html.raw("</fieldset>");
    if (in.passkeys().isEmpty()) {
      html.raw("</form>");
      return;
    }
    password(html, "password-to-remove");
    button(html, say("移除所选", "Remove the chosen one"));
  }

  private static void choice(Html html, String factor, String name, String about) {
    html.raw("<label><input type=\"radio\" name=\"factor\" required value=\"")
        .text(factor)
        .raw("\"><span>")
        .text(name)
        .raw("<small>")
        .text(about)
        .raw("</small></span></label>");
  }

  private void password(Html html, String id) {
    var label = say("当前密码", "Present password");
    field(html, id, "password", label, "password", "current-password", true);
  }

  private void addPasskey(Html html) {
    section(html, say("添加通行密钥", "Add a passkey"));
    own(html, "/my-account/passkeys");
    var label = say("名称（例如：办公电脑）", "Name, such as: desk computer");
    field(html, "passkey-name", "name", label, "text", "off", true);
    password(html, "password-to-add");
    button(html, say("继续", "Go on"));
  }

  private void changePassword(Html html) {
    section(html, say("修改密码", "Change the password"));
    own(html, "/my-account/password");
    password(html, "password-to-change");
    var label = say("新密码（至少 12 个字符）", "New password, at least 12 characters");
    field(html, "next", "next", label, "password", "new-password", true);
    html.raw("<p class=\"calm\">").text(say("其他会话将结束。", "All other sessions end.")).raw("</p>");
    button(html, say("修改密码", "Change the password"));
  }

  /**
   * The form that a new passkey answers.
   *
   * @param options what the browser is asked for, as JSON
   */
  String newPasskey(String name, String options) {
    var html = head(say("添加通行密钥", "Add a passkey"), "");
    html.element(
        "p",
        say(
            "请在 2 分钟内用身份验证器（安全密钥、手机或本机）创建“" + name + "”。",
            "Make “"
                + name
                + "” with an authenticator (security key, telephone or this computer) within 2"
                + " minutes."));
    passkeyForm(html, "/my-account/passkeys/added", options, say("创建通行密钥", "Make the passkey"));
    html.hidden("csrf", word);
    html.hidden("name", name);
    link(html, "/my-account", say("取消", "Cancel"));
    return endWithPasskey(html);
  }
}
