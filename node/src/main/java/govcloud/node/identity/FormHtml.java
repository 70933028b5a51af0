package govcloud.node.identity;

import govcloud.node.page.Frame;
import govcloud.node.page.Html;
import govcloud.node.page.Language;

/** A page with forms, in one language. */
public class FormHtml {

  private final Language language;
  private final String path;

  /**
   * Pages at a path.
   *
   * @param path to which the link to the other language leads
   */
  protected FormHtml(Language language, String path) {
    this.language = language;
    this.path = path;
  }

  /** One of two texts, in the language of the page. */
  protected final String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** The beginning of a page, and what was wrong before, if anything was. */
  protected final Html head(String title, String problem) {
    var html = Frame.begin(language, path, title, "narrow");
    return problem.isEmpty() ? html : html.trouble(problem);
  }

  /** An address of ours, for the language of the page. */
  protected final String inLanguage(String to) {
    return to + "?lang=" + language.code();
  }

  /** The beginning of a form that is sent to {@code action}. */
  protected final void form(Html html, String action) {
    html.raw("<form method=\"post\" action=\"" + inLanguage(action) + "\">");
  }

  /** A form whose answer a browser's authenticator gives; its script works on {@code options}. */
  protected final void passkeyForm(Html html, String action, String options, String button) {
    html.raw("<noscript><p class=\"trouble\">")
        .text(
            say(
                "通行密钥需要启用 JavaScript；其他页面都不需要。",
                "A passkey needs JavaScript; nothing else here does."))
        .raw("</p></noscript><p class=\"trouble\" role=\"alert\" id=\"passkey-trouble\" hidden>")
        .text(
            say(
                "浏览器或身份验证器没有应答。请重试。",
                "The browser or the authenticator gave no answer. Try again."))
        .raw("</p><form method=\"post\" action=\"" + inLanguage(action))
        .raw("\" data-passkey=\"")
        .text(options)
        .raw("\">");
    html.hidden("answer", "");
    html.raw("<p><button type=\"button\" disabled>").text(button).raw("</button></p>");
  }

  static void field(Html html, String name, String label, String type, String autocomplete) {
    field(html, name, name, label, type, autocomplete, true);
  }

  static void field(
      Html html,
      String id,
      String name,
      String label,
      String type,
      String autocomplete,
      boolean required) {
    html.raw("<p><label for=\"" + id + "\">")
        .text(label)
        .raw("</label><input id=\"" + id + "\" name=\"" + name + "\" type=\"" + type)
        .raw("\" autocomplete=\"" + autocomplete + "\"" + (required ? " required" : "") + "></p>");
  }

  /** The button of a form, and its end. */
  protected static void button(Html html, String text) {
    html.raw("<p><button>").text(text).raw("</button></p></form>");
  }

  /** A link to a page of ours, in the same language. */
  protected final void link(Html html, String to, String text) {
    html.raw("<p><a href=\"" + inLanguage(to) + "\">").text(text).raw("</a></p>");
  }

  /** The end of a page. */
  protected static String end(Html html) {
    return Frame.end(html);
  }

  /** The end of a page whose form an authenticator answers. */
  protected static String endWithPasskey(Html html) {
    return Frame.end(html.raw("</form><script src=\"/page/passkey.js\"></script>"));
  }

  /** A problem in the words of the page. */
  protected final String told(String code, String detail, String retryAfter) {
    return switch (code) {
      case "SIGN_IN_REFUSED" ->
          say("账号、密码、代码或通行密钥不正确。", "Account, password, code or passkey is wrong.");
      case "PROVIDER_SIGN_IN_REFUSED" ->
          say(
              "未能登录：身份提供方确认的不是该账号，未确认第二因素，或用时过长。请重新登录。",
              "Not signed in: the provider says that it is another account, or says nothing of a"
                  + " second factor, or it took too long. Begin again.");
      case "IDENTITY_PROVIDER_AWAY" ->
          say("身份提供方没有应答，请稍后再试。", "The identity provider does not answer; try again soon.");
      case "ACCOUNT_LOCAL_ONLY" ->
          say(
              "平台账号不能通过身份提供方登录，请设置密码。",
              "Accounts of the platform do not come in through the provider; choose a password.");
      case "SIGN_IN_CODE_USED" ->
          say("该验证码已使用，请等待下一个。", "This code was used before; wait for the next one.");
      case "SIGN_IN_LOCKED" ->
          say(
              "尝试次数过多，请在 " + retryAfter + " 秒后再试。",
              "Too many wrong attempts; try again in " + retryAfter + " seconds.");
      case "SIGN_IN_SOURCE_CLOSED" -> sourceClosed(retryAfter);
      case "SIGN_IN_BUSY" -> say("登录请求过多，请稍后再试。", "Too many sign-ins; try again soon.");
      case "PASSWORD_TOO_WEAK" -> say("密码不符合要求：", "The password is too weak: ") + detail;
      case "PASSWORD_BREACHED" ->
          say("该密码已在其他地方泄露。", "The password is known from a breach elsewhere.");
      case "PASSWORD_USED_BEFORE" -> say("该密码近期使用过。", "The password was used before.");
      case "PASSWORD_EXPIRED" ->
          say("密码已过期，请在“我的账号”中修改。", "The password is too old; change it at My account.");
      case "CSRF_TOKEN_WRONG" ->
          say("请求可能来自其他网站，未执行。", "The request may come from another site; nothing was done.");
      default -> toldOfFactors(code, detail);
    };
  }

  private String sourceClosed(String retryAfter) {
    return say(
        "本网络地址登录失败的账号过多，请在 " + retryAfter + " 秒后再试。",
        "Too many accounts were refused from this address; try again in "
            + retryAfter
            + " seconds.");
  }

  private String toldOfFactors(String code, String detail) {
    return switch (code) {
      case "PASSKEY_REFUSED", "PASSKEY_CHALLENGE_WRONG" ->
          say("通行密钥未添加，请重新开始。", "The passkey was not added; begin again.");
      case "PASSKEY_ALREADY_ADDED" -> say("该通行密钥已添加。", "This passkey was added before.");
      case "PASSKEY_NAME_INVALID" ->
          say("通行密钥的名称须为 1 至 64 个字符。", "A passkey's name has 1 to 64 characters.");
      case "PASSKEYS_TOO_MANY" ->
          say("通行密钥数量已达上限，请先移除一个。", "There are too many passkeys; remove one first.");
      case "SECOND_FACTOR_LAST" ->
          say("这是唯一的第二因素，不能移除。", "It is the only second factor and stays.");
      default -> say("暂时无法处理：", "It cannot be done now: ") + detail;
    };
  }
}
