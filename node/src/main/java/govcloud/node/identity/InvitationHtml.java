package govcloud.node.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import govcloud.node.page.Html;
import govcloud.node.page.Language;
import govcloud.node.projection.Page;
import java.net.URLEncoder;
import java.time.Instant;

/** Open invitations as text; nothing here needs script. */
final class InvitationHtml extends FormHtml {

  static final String PATH = "/invitations";

  /** Proves that a form is from a page of ours. */
  private final String word;

  InvitationHtml(Language language, String word) {
    super(language, PATH);
    this.word = word;
  }

  private Html begin(String problem) {
    return head(say("待接受的邀请", "Open invitations"), problem);
  }

  /** Those that are open, and the way to the others if there are more. */
  String list(Page<InvitationPage.Row> page) {
    var rows = page.items();
    var html = begin("");
    html.element(
        "p",
        "calm",
        rows.isEmpty() && page.nextPageToken().isEmpty()
            ? say("没有待接受的邀请。", "No invitation is open.")
            : say(
                "下列人员尚未首次登录。一次性代码 30 分钟内有效；过期后请重新生成。",
                "These people have not come in yet. A code is good for 30 minutes; give another one"
                    + " when it is over."));
    html.raw("<ul class=\"sessions\">");
    rows.forEach(row -> row(html, row));
    html.raw("</ul>");
    page.nextPageToken().ifPresent(next -> more(html, next));
    return home(html);
  }

  private void more(Html html, String next) {
    html.raw("<p><a href=\"" + inLanguage(PATH) + "&amp;page_token=")
        .raw(URLEncoder.encode(next, UTF_8) + "\">")
        .text(say("更多", "More"))
        .raw("</a></p>");
  }

  private void row(Html html, InvitationPage.Row row) {
    html.raw("<li><div><strong>").text(row.name() + " (" + row.account() + ")").raw("</strong><p>");
    html.text(
            row.tenant().orElse(say("平台", "the platform"))
                + say("，角色 ", ", as ")
                + String.join(", ", row.roles())
                + say("，代码有效至 ", ", code good until ")
                + Html.MINUTE.format(row.expiresAt()))
        .raw("</p></div>");
    button(html, row, "renewed", say("重新生成代码", "Another code"));
    button(html, row, "withdrawn", say("撤回邀请", "Withdraw"));
    html.raw("</li>");
  }

  /** Whoever hears the page hears whose button it is. */
  private void button(Html html, InvitationPage.Row row, String action, String label) {
    form(html, PATH + "/" + row.account() + "/" + action);
    html.hidden("csrf", word);
    html.hidden("version", String.valueOf(row.version()));
    html.raw("<p><button aria-label=\"").text(label + say("：", ": ") + row.name());
    html.raw("\">").text(label).raw("</button></p></form>");
  }

  /** Another code, which is told now and never again. */
  String code(String account, String code, Instant until) {
    var html = begin("");
    html.element("h2", say("新的一次性代码", "Another one-time code"));
    html.element(
        "p",
        say(
            "请当面或通过可信渠道告知本人。代码仅显示这一次。",
            "Tell it to that person alone, in a way that you trust. It is shown now and never"
                + " again."));
    html.raw("<dl>");
    html.fact(say("账号", "Account"), account);
    html.fact(say("代码", "Code"), code);
    html.fact(say("有效至", "Good until"), Html.MINUTE.format(until));
    html.raw("</dl>");
    return back(html);
  }

  /** What was not done, and why. */
  String refused(String code, String detail) {
    var html =
        begin(
            switch (code) {
              case "NOT_ALLOWED", "ACCOUNT_EMERGENCY_DUTY" ->
                  say("您的角色不能查看此页或执行此操作。", "Your role may not see this page, or not do that.");
              case "ACCOUNT_OWN" -> say("不能处理自己的账号。", "Nobody decides on an account of their own.");
              case "VERSION_MISMATCH" ->
                  say(
                      "该账号已变更，未执行。请重新查看。",
                      "The account has changed; nothing was done. Look again.");
              default -> told(code, detail, "");
            });
    return back(html);
  }

  private String back(Html html) {
    link(html, PATH, say("所有待接受的邀请", "All open invitations"));
    return home(html);
  }

  private String home(Html html) {
    link(html, "/my-account", say("我的账号", "My account"));
    return end(html);
  }
}
