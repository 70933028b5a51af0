package govcloud.node.identity;

import govcloud.node.page.Html;
import govcloud.node.page.Language;
import java.util.Optional;

/** The pages of coming in as text; only the one for a passkey needs script. */
final class SignInHtml extends FormHtml {

  SignInHtml(Language language, String path) {
    super(language, path);
  }

  /**
   * The form of a sign-in.
   *
   * @param provider name of the identity provider, where there is one
   */
  String signIn(String problem, Optional<String> provider) {
    var html = head(say("登录", "Sign in"), problem);
    form(html, "/sign-in");
    field(html, "account", say("账号", "Account"), "text", "username");
    field(html, "password", say("密码", "Password"), "password", "current-password");
    var code = say("验证码（6 位；使用通行密钥时留空）", "Code, 6 digits; leave it empty to use a passkey");
    field(html, "code", "code", code, "text", "one-time-code", false);
    buttons(html, say("登录", "Sign in"), "/sign-in/provider", provider);
    link(html, "/first-visit", say("首次登录：使用一次性代码", "First visit: come in with a one-time code"));
    return end(html);
  }

  /**
   * The form that a passkey answers.
   *
   * @param options what the browser is asked for, as JSON
   */
  String passkey(String account, String options) {
    var html = head(say("使用通行密钥登录", "Sign in with a passkey"), "");
    html.element(
        "p",
        say(
            "密码正确。请在 2 分钟内用本账号的通行密钥确认。",
            "The password is right. Confirm with a passkey of the account within 2 minutes."));
    passkeyForm(html, "/sign-in/passkey", options, say("使用通行密钥", "Use the passkey"));
    html.hidden("account", account);
    return endWithPasskey(html);
  }

  /**
   * The form of a first visit.
   *
   * @param provider name of the identity provider, where there is one
   */
  String firstVisit(String problem, Optional<String> provider) {
    var html = head(say("首次登录", "First visit"), problem);
    form(html, "/first-visit");
    field(html, "account", say("账号", "Account"), "text", "username");
    field(html, "code", say("一次性代码", "One-time code"), "text", "off");
    field(
        html,
        "password",
        say("新密码（至少 12 个字符）", "New password, at least 12 characters"),
        "password",
        "new-password");
    buttons(html, say("设置密码", "Set the password"), "/first-visit/provider", provider);
    link(html, "/sign-in", say("已有密码：登录", "Already been here: sign in"));
    return end(html);
  }

  /** The buttons of a form; the one of the provider needs no more than the account and the code. */
  private void buttons(Html html, String text, String action, Optional<String> provider) {
    html.raw("<p><button>").text(text).raw("</button></p>");
    provider.ifPresent(
        name ->
            html.raw("<p><button formnovalidate formaction=\"")
                .text(inLanguage(action))
                .raw("\">")
                .text(say("通过" + name + "登录", "Sign in through " + name))
                .raw("</button></p><p class=\"calm\">")
                .text(
                    say(
                        "只需填写账号（首次登录另需一次性代码），无需密码。",
                        "It needs the account (and the one-time code on a first visit), and no"
                            + " password."))
                .raw("</p>"));
    html.raw("</form>");
  }

  /**
   * Leads the browser on, to the identity provider and back from it.
   *
   * @param text of the link, for browsers that do not go by themselves
   */
  String onward(String title, String to, String text) {
    var html = head(title, "");
    html.raw("<p><a href=\"").text(to).raw("\">").text(text).raw("</a></p>");
    return end(html);
  }

  /** What somebody gets who has come in for the first time. */
  String secondFactor(String secret, String uri) {
    var html = head(say("设置身份验证器", "Set up the authenticator"), "");
    html.element(
        "p",
        say(
            "请用身份验证器应用扫描二维码，或输入以下密钥。本密钥只显示一次。",
            "Scan the code with an authenticator app, or type the secret into it. It is shown now"
                + " and never again."));
    QrCode.add(html, uri, say("密钥的二维码", "QR code of the secret"));
    html.raw("<p><code class=\"secret\">")
        .text(secret.replaceAll("(.{4})", "$1 ").strip())
        .raw("</code></p><p><a href=\"")
        .text(uri)
        .raw("\">")
        .text(say("在身份验证器中打开", "Open in the authenticator"))
        .raw("</a></p>");
    link(html, "/sign-in", say("继续登录", "Go on and sign in"));
    return end(html);
  }
}
