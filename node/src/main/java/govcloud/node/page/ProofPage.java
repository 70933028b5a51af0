package govcloud.node.page;

import govcloud.node.http.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Where anybody checks a proof of the ledger in the browser. The same for everybody, with an
 * account or without; its script may talk to nobody, so what is checked stays where it is.
 */
final class ProofPage {

  /** Where it is. */
  static final String PATH = "/ledger/check";

  /** A word of the page for something that its script knows by another name. */
  private record Word(String name, String zh, String en) {}

  private static final List<Word> CODES =
      List.of(
          new Word("LEDGER_MALFORMED", "格式不符", "Not of this format"),
          new Word("LEDGER_SIGNER_UNKNOWN", "未经该账本的已知公钥签名", "Not signed by a known key of its log"),
          new Word("LEDGER_SIGNATURE_WRONG", "签名不符", "A signature does not fit"),
          new Word("LEDGER_ORIGIN_WRONG", "属于另一本账", "Of another log"),
          new Word("LEDGER_WITNESS_MISSING", "见证方签名不足", "Not cosigned as the keys ask"),
          new Word("LEDGER_MISSING", "证明中没有账目", "There is no entry in it"),
          new Word("LEDGER_ROOT_WRONG", "空账本的根不符", "Another root than an empty log has"),
          new Word("LEDGER_LEAF_MALFORMED", "账目格式不符", "The entry is not of its format"),
          new Word("LEDGER_PROOF_WRONG", "证明与账目或账本不符", "The proof does not fit"),
          new Word("LEDGER_OPENING_WRONG", "凭据与账目不符", "What was opened is not what was recorded"),
          new Word("keys", "公钥无法读取", "The keys cannot be read"));

  private static final List<Word> FACTS =
      List.of(
          new Word("origin", "账本", "Log"),
          new Word("index", "第几条（从 0 起）", "Entry, from 0"),
          new Word("size", "账本条数", "Entries of the log"),
          new Word("witnesses", "见证方", "Witnesses"),
          new Word("time", "时间", "Time"),
          new Word("id", "交换编号", "Exchange"),
          new Word("agreement", "共享协议", "Agreement"),
          new Word("address", "协议条款摘要", "Hash of the terms"),
          new Word("provider", "数据提供方", "Data of"),
          new Word("consumer", "查询部门", "Office"),
          new Word("resource", "数据资源", "Resource"),
          new Word("role", "岗位", "Role"),
          new Word("decision", "决定", "Decision"),
          new Word("code", "拒绝原因", "Refused because"),
          new Word("policy", "条件摘要", "Hash of the policy"),
          new Word("input", "条件输入摘要", "Hash of its input"),
          new Word("fields", "提供字段", "Fields"),
          new Word("subject", "被查询人", "About"));

  private final Language language;

  private ProofPage(Language language) {
    this.language = language;
  }

  static CompletionStage<HttpResponse> answer(Call call) {
    return CompletableFuture.completedStage(
        HtmlPages.scriptedPage(new ProofPage(Language.of(call)).html()));
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  private String html() {
    var html = Frame.begin(language, PATH, say("核验账本证明", "Check a proof of the ledger"), "looks");
    html.element(
        "p",
        "calm",
        say(
            "在您的浏览器中核验一条账目确实在账本里、没有被改动。所选文件不会离开本页：本页的脚本不能与任何服务器通信。",
            "Check in your browser that an entry is in a ledger and was not changed. What you pick"
                + " does not leave this page: its script may talk to no server."));
    html.raw("<noscript>")
        .trouble(say("本页需要脚本。", "This page needs its script."))
        .raw("</noscript>");
    form(html);
    result(html);
    words(html);
    html.raw("<script type=\"module\" src=\"/page/check.js\"></script>");
    return Frame.end(html);
  }

  private void form(Html html) {
    html.raw("<form>");
    input(
        html,
        "proof",
        say("证明文件（.tlog-proof）", "The proof (.tlog-proof)"),
        say("或粘贴证明", "or paste the proof"));
    input(
        html,
        "keys",
        say("账本公钥文件（trust.txt）", "The log's verifier keys (trust.txt)"),
        say("或粘贴公钥，每行一个", "or paste keys, one a line"));
    html.raw("<p class=\"calm\">")
        .text(
            say(
                "公钥应来自您信任的地方，例如部门公告；本云的公钥登录后可",
                "Take the keys from where you trust them, such as a gazette; those of this cloud"
                    + " can be had here once you are signed in: "))
        .raw("<a href=\"/v1/ledger/policy\" download=\"trust.txt\">")
        .text(say("在此下载", "download"))
        .raw("</a>")
        .text(say("。", "."))
        .raw("</p>");
    file(html, "opening", say("本人凭据（选填）", "What shows that it is about you (optional)"), true);
    html.raw("<p><button id=\"check\" type=\"button\" disabled>")
        .text(say("核验", "Check"))
        .raw("</button></p></form>");
  }

  private static void input(Html html, String name, String label, String paste) {
    file(html, name, label, false);
    html.raw("<p><label for=\"" + name + "\">")
        .text(paste)
        .raw("</label><textarea id=\"" + name + "\" rows=\"4\" spellcheck=\"false\"")
        .raw(" autocomplete=\"off\"></textarea></p>");
  }

  private static void file(Html html, String name, String label, boolean several) {
    html.raw("<p><label for=\"" + name + "-file\">")
        .text(label)
        .raw("</label><input type=\"file\" id=\"" + name + "-file\"")
        .raw(several ? " multiple></p>" : "></p>");
  }

  private void result(Html html) {
    html.raw("<section id=\"result\" role=\"status\">");
    verdict(
        html,
        "valid",
        "good",
        say("有效", "Valid"),
        say("账目在账本中，没有被改动。", "The entry is in the ledger and was not changed."));
    verdict(
        html,
        "invalid",
        "bad",
        say("无效", "Invalid"),
        say(
            "不能证明这条账目。请保留文件作为证据，并重新下载后再试。",
            "This proves nothing. Keep the files as evidence, and fetch them again."));
    verdict(
        html,
        "incomplete",
        "warn",
        say("不完整", "Incomplete"),
        say(
            "没有发现错误，但缺少要求的见证；稍后重新下载证明。",
            "Nothing is wrong, and something is lacking; fetch the proof again later."));
    notChecked(html);
    html.raw("<ul id=\"findings\"></ul><dl id=\"facts\" hidden></dl></section>");
  }

  private void notChecked(Html html) {
    verdict(
        html,
        "unreadable",
        "warn",
        say("未核验", "Not checked"),
        say("公钥无法读取。", "The keys cannot be read."));
    verdict(
        html,
        "unable",
        "warn",
        say("未核验", "Not checked"),
        say(
            "此浏览器不能核验 Ed25519 签名，或本页未经 HTTPS 打开；请换用新版浏览器，或用 govcloud ledger verify。",
            "This browser cannot check Ed25519 signatures, or the page did not come by HTTPS; take"
                + " a newer one, or govcloud ledger verify."));
  }

  private static void verdict(
      Html html, String name, String cssClass, String word, String sentence) {
    html.raw("<div class=\"answer " + cssClass + "\" data-verdict=\"" + name + "\" hidden>")
        .element("strong", word)
        .element("span", sentence)
        .raw("</div>");
  }

  private void words(Html html) {
    html.raw("<ul id=\"words\" hidden>");
    CODES.forEach(word -> item(html, "code", word));
    FACTS.forEach(word -> item(html, "fact", word));
    html.raw("</ul>");
  }

  private void item(Html html, String kind, Word word) {
    html.raw("<li data-" + kind + "=\"")
        .text(word.name())
        .raw("\">")
        .text(say(word.zh(), word.en()))
        .raw("</li>");
  }
}
