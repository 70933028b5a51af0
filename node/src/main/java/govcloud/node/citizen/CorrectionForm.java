package govcloud.node.citizen;

import govcloud.node.page.Html;
import govcloud.node.page.Language;

/** The form with which a citizen asks for the correction of an own value; it needs no script. */
final class CorrectionForm {

  private final Language language;

  CorrectionForm(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** Adds it where a department of this cloud gave something out. */
  void of(Html html, Access access, String word) {
    var row = access.row();
    if (!row.code().isEmpty() || row.fields().isEmpty() || row.provider().contains("@")) {
      return;
    }
    html.raw("<details><summary>").text(say("数据有误？要求更正", "Is a value wrong?")).raw("</summary>");
    html.raw("<form method=\"post\" action=\"" + CitizenHtml.PATH + "/corrections?lang=")
        .text(language.code())
        .raw("\">");
    html.hidden("csrf", word);
    html.hidden("office", row.consumer());
    html.hidden("exchange", row.id());
    fields(html, access);
    input(html, "value", row.id(), say("应为", "It should be"));
    input(html, "reason", row.id(), say("理由", "Why"));
    html.raw("<p><button>").text(say("要求更正", "Ask for the correction")).raw("</button></p>");
    html.raw("</form></details>");
  }

  private void fields(Html html, Access access) {
    var row = access.row();
    html.raw("<p><label for=\"field-" + row.id() + "\">")
        .text(say("数据项", "Which"))
        .raw("</label><select id=\"field-" + row.id() + "\" name=\"field\">");
    for (int i = 0; i < row.fields().size(); i++) {
      html.raw("<option value=\"")
          .text(row.fields().get(i))
          .raw("\">")
          .text(language.of(access.fields().get(i)))
          .raw("</option>");
    }
    html.raw("</select></p>");
  }

  private static void input(Html html, String name, String exchange, String label) {
    var id = name + "-" + exchange;
    html.raw("<p><label for=\"" + id + "\">")
        .text(label)
        .raw("</label><input id=\"" + id + "\" name=\"" + name + "\"")
        .raw(" required maxlength=\"200\"></p>");
  }
}
