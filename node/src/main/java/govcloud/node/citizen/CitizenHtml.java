package govcloud.node.citizen;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.objection.ObjectionState;
import govcloud.node.correction.CorrectionRow;
import govcloud.node.page.CorrectionHtml;
import govcloud.node.page.Frame;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import govcloud.node.page.RecallHtml;
import govcloud.node.projection.Page;
import govcloud.node.recall.RecallRow;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who looked at my data, as text; it needs no script. */
final class CitizenHtml {

  static final String PATH = "/my-data";

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZONE);

  private final Language language;

  CitizenHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  private Html begin() {
    return Frame.begin(language, PATH, say("谁查看过我的数据", "Who looked at my data"), "looks");
  }

  /**
   * What was said about values of a citizen.
   *
   * @param recalls by departments that corrected some
   * @param corrections that the citizen asked for
   */
  record Said(List<RecallRow> recalls, List<CorrectionRow> corrections) {}

  /** The page of a citizen. */
  String found(Page<Access> page, Said said, String word) {
    var html = begin();
    new RecallHtml(language).ofCitizen(html, said.recalls());
    new CorrectionHtml(language).ofCitizen(html, said.corrections());
    html.element(
        "p",
        "calm",
        page.items().isEmpty()
            ? say("还没有部门查询过您的数据。", "No department has asked for your data.")
            : say(
                "下面是各部门对您数据的每一次查询，最近的在前，被拒绝的也在内。每一条都记入不可篡改的账本，可以下载证明，离线核验。",
                "Every query of a department for your data, the newest first, also those that were"
                    + " refused. Each is in a ledger that nobody can rewrite; its proof can be"
                    + " checked offline."));
    html.raw("<ol class=\"records\">");
    page.items().forEach(access -> item(html, access, word));
    html.raw("</ol>");
    page.nextPageToken().ifPresent(next -> more(html, next));
    return Frame.end(html);
  }

  /** A page that says why nothing is shown. */
  String refused(String code, String detail) {
    var html = begin();
    html.trouble(
            switch (code) {
              case "NOT_ALLOWED" ->
                  say(
                      "本页仅供已核验身份的个人账号查看本人数据的查询记录。",
                      "This page is for the account of a citizen whose document was seen.");
              case "NOT_FOUND" -> say("没有这条查询记录。", "There is no such query of your data.");
              case "OBJECTION_ANSWERED" -> say("该异议已经答复。", "The objection has been answered.");
              case "CORRECTION_ANSWERED", "CORRECTION_ALREADY_EXISTS" ->
                  say("该数据项已要求过更正。", "The correction of this value was asked for before.");
              default -> say("暂时无法处理：", "It cannot be done now: ") + detail;
            })
        .raw("<p><a href=\"" + PATH + "?lang=" + language.code() + "\">")
        .text(say("返回", "Back"))
        .raw("</a></p>");
    return Frame.end(html);
  }

  private void item(Html html, Access access, String word) {
    var row = access.row();
    var permitted = row.code().isEmpty();
    html.raw("<li><p><time datetime=\"" + row.at() + "\">")
        .text(Html.MINUTE.format(row.at()))
        .raw("</time> ")
        .element(
            "span",
            permitted ? "badge" : "badge red",
            permitted ? say("已提供", "given") : say("已拒绝", "refused"))
        .raw(" <strong>")
        .text(sentence(access))
        .raw("</strong></p><dl>");
    html.fact(say("查询部门", "Office"), language.of(access.office()));
    html.fact(say("岗位", "Role"), row.role());
    html.fact(say("数据提供方", "Data of"), language.of(access.provider()));
    html.fact(say("提供内容", "Given"), fields(access));
    html.fact(say("用途", "Purpose"), row.purpose());
    html.fact(say("法律依据", "Legal basis"), row.legalBasis());
    html.fact(say("办件", "Case"), row.caseId());
    html.fact(say("延迟告知", "Told later"), access.late().map(this::late).orElse(""));
    html.fact(say("拒绝原因", "Refused because"), permitted ? "" : reason(row.code()));
    html.raw("</dl>");
    proof(html, access);
    access
        .objection()
        .ifPresentOrElse(said -> objection(html, said), () -> button(html, access, word));
    new CorrectionForm(language).of(html, access, word);
    html.raw("</li>");
  }

  private String late(Access.Late late) {
    return say("因办案依法延迟至 %s 告知，依据：%s", "deferred until %s because of an investigation, by: %s")
        .formatted(Html.MINUTE.format(late.until()), late.legalBasis());
  }

  private String sentence(Access access) {
    var row = access.row();
    var permitted = row.code().isEmpty();
    var office = language.of(access.office());
    var data = say(row.nameZh(), row.nameEn());
    return say(
        office + (permitted ? "查询了您的" : "试图查询您的") + "“" + data + "”",
        office + (permitted ? " looked at: " : " tried to look at: ") + data);
  }

  private String fields(Access access) {
    if (access.fields().isEmpty()) {
      return say("无", "nothing");
    }
    return IntStream.range(0, access.fields().size())
        .mapToObj(
            i -> {
              LocalText title = access.fields().get(i);
              return language.of(title) + (access.isMasked(i) ? say("（已遮蔽）", " (masked)") : "");
            })
        .collect(Collectors.joining(say("、", ", ")));
  }

  private String reason(String code) {
    var words =
        switch (code) {
          case "EXCHANGE_SUBJECT_NOT_PARTY" -> say("您不是该办件的当事人", "you are not a party to the case");
          case "EXCHANGE_CASE_CLOSED" -> say("该办件已办结", "the case is finished");
          case "EXCHANGE_CASE_UNKNOWN" -> say("没有这个办件", "there is no such case");
          case "EXCHANGE_CASE_OTHER_MATTER" -> say("该办件不属于约定事项", "the case is of another matter");
          case "EXCHANGE_CASE_NOT_YOURS" -> say("查询人不是该办件的承办人", "somebody else handles the case");
          case "EXCHANGE_FIELD_NOT_AGREED" -> say("超出授权字段", "more was wanted than agreed");
          case "EXCHANGE_AGREEMENT_NOT_IN_FORCE" -> say("共享协议未生效", "the agreement is not in force");
          case "EXCHANGE_POLICY_DENIED" ->
              say("不符合协议规定的条件", "the agreement's conditions are not met");
          case "EXCHANGE_QUOTA_USED" -> say("超过约定次数", "more often than agreed");
          default -> say("未能提供", "it could not be given");
        };
    return words + say("（" + code + "）", " (" + code + ")");
  }

  private void proof(Html html, Access access) {
    var row = access.row();
    html.raw("<p class=\"proof\">")
        .text(say("账本第 " + row.index() + " 条：", "Entry " + row.index() + " of the ledger: "))
        .raw("<a href=\"/v1/ledger/proofs/" + row.index() + "\" download=\"")
        .text(row.index() + ".tlog-proof")
        .raw("\">")
        .text(say("下载证明", "download the proof"))
        .raw("</a> · <a href=\"/v1/me/accesses/")
        .text(row.consumer() + "/" + row.id())
        .raw("/opening\" download=\"subject-")
        .text(row.index() + ".txt")
        .raw("\">")
        .text(say("下载本人凭据", "download what shows that it is about you"))
        .raw("</a> · <a href=\"/ledger/check?lang=" + language.code() + "\">")
        .text(say("在浏览器中核验", "check it in the browser"))
        .raw("</a></p>");
  }

  private void button(Html html, Access access, String word) {
    var row = access.row();
    html.raw("<form method=\"post\" action=\"" + PATH + "?lang=" + language.code() + "\">");
    html.hidden("csrf", word);
    html.hidden("office", row.consumer());
    html.hidden("exchange", row.id());
    html.raw("<p><label for=\"text-" + row.id() + "\">")
        .text(say("有异议？可写明理由（选填）", "Do you object? Say why, if you like"))
        .raw("</label><input id=\"text-" + row.id() + "\" name=\"text\" maxlength=\"200\"></p>")
        .raw("<p><button>")
        .text(say("提出异议", "Object"))
        .raw("</button></p></form>");
  }

  private void objection(Html html, ObjectionState said) {
    html.raw("<div class=\"objection\"><p>")
        .element("span", said.escalated() ? "badge red" : "badge", status(said))
        .raw(" ");
    said.raisedAt().ifPresent(at -> html.text(say("您于 ", "You objected on ") + DAY.format(at)));
    html.text(say(" 提出异议", ""));
    if (said.status() == ObjectionState.Status.OPEN) {
      said.due()
          .ifPresent(
              due ->
                  html.text(
                      say("，数据提供方应在 ", "; the answer is due by ")
                          + DAY.format(due)
                          + say(" 前答复", "")));
    }
    html.text(say("。", ".")).raw("</p><dl>");
    html.fact(say("您的理由", "You said"), said.text());
    said.answer()
        .ifPresent(
            answer ->
                html.fact(
                    say("答复", "The answer"),
                    answer.reason() + say("（", " (") + DAY.format(answer.at()) + say("）", ")")));
    html.raw("</dl></div>");
  }

  private String status(ObjectionState said) {
    return switch (said.status()) {
      case UPHELD -> say("异议成立", "you were right");
      case REJECTED -> say("异议不成立", "not agreed");
      case OPEN, NONE ->
          said.escalated()
              ? say("逾期未答复，已上报", "late, and told to the operator")
              : say("待答复", "waits for the answer");
    };
  }

  private void more(Html html, String next) {
    html.raw("<p><a href=\"" + PATH + "?lang=" + language.code() + "&amp;page_token=")
        .text(next)
        .raw("\">")
        .text(say("更早的记录", "Older ones"))
        .raw("</a></p>");
  }
}
