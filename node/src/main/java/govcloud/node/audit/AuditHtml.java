package govcloud.node.audit;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.node.http.Call;
import govcloud.node.page.Frame;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The page of the audit trail: a form, and below it what was found. */
final class AuditHtml {

  /** In which times are given and shown. */
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZONE);
  private static final DateTimeFormatter INPUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT).withZone(ZONE);
  private static final List<String> TEXTS =
      List.of("person", "action", "tenant", "object", "code", "request_id");

  private final Language language;
  private final Call call;

  AuditHtml(Language language, Call call) {
    this.language = language;
    this.call = call;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** A page of a search. */
  String found(AuditFilter filter, AuditSearch.Result result) {
    var html = Frame.begin(language, "/audit", say("审计日志", "Audit trail"), "audit");
    form(html, INPUT.format(filter.from()), INPUT.format(filter.to()));
    for (var damaged : result.damaged()) {
      html.trouble(
          say("链条校验失败：", "The chain does not hold: ")
              + damaged.stream()
              + " – "
              + damaged.message());
    }
    if (result.found().isEmpty()) {
      html.element("p", "calm", say("没有符合条件的记录。", "No record fits."));
    }
    html.raw("<ol class=\"records\">");
    result.found().forEach(one -> item(html, one));
    html.raw("</ol>");
    result.next().ifPresent(next -> more(html, filter, next));
    return Frame.end(html);
  }

  /** A page that says why nothing is shown. */
  String refused(String code, String detail) {
    var html = Frame.begin(language, "/audit", say("审计日志", "Audit trail"), "narrow");
    html.trouble(
        code.equals("NOT_ALLOWED")
            ? say("只有审计管理员可以查看。", "Only an audit administrator may look.")
            : say("暂时无法处理：", "It cannot be done now: ") + detail);
    return Frame.end(html);
  }

  private void form(Html html, String from, String to) {
    html.raw("<form method=\"get\" action=\"/audit\" class=\"search\">");
    html.hidden("lang", language.code());
    input(html, "from", say("从（北京时间）", "From (Beijing time)"), "datetime-local", from);
    input(html, "to", say("至", "To"), "datetime-local", to);
    for (var name : TEXTS) {
      input(html, name, label(name), "text", call.parameter(name).orElse(""));
    }
    html.raw("<p><label for=\"outcome\">")
        .text(say("结果", "Outcome"))
        .raw("</label><select id=\"outcome\" name=\"outcome\"><option value=\"\">")
        .text(say("全部", "all"))
        .raw("</option>");
    var chosen = call.parameter("outcome").orElse("");
    for (var outcome : Outcome.values()) {
      var value = outcome.name().toLowerCase(Locale.ROOT);
      html.raw("<option value=\"" + value + "\"" + (value.equals(chosen) ? " selected>" : ">"))
          .text(name(outcome))
          .raw("</option>");
    }
    html.raw("</select></p><p><button>").text(say("查询", "Search")).raw("</button></p></form>");
  }

  private static void input(Html html, String name, String label, String type, String value) {
    html.raw("<p><label for=\"" + name + "\">")
        .text(label)
        .raw("</label><input id=\"" + name + "\" name=\"" + name + "\" type=\"" + type)
        .raw("\" maxlength=\"256\" value=\"")
        .text(value)
        .raw("\"></p>");
  }

  private String label(String name) {
    return switch (name) {
      case "person" -> say("人员", "Person");
      case "action" -> say("操作", "Action");
      case "tenant" -> say("部门", "Department");
      case "object" -> say("对象（开头）", "Object (how it begins)");
      case "code" -> say("原因代码", "Reason code");
      default -> say("请求编号", "Request id");
    };
  }

  private String name(Outcome outcome) {
    return switch (outcome) {
      case ALLOWED -> say("允许", "allowed");
      case DENIED -> say("拒绝", "denied");
      case FAILED -> say("失败", "failed");
      case ALARM -> say("告警", "alarm");
    };
  }

  private void item(Html html, AuditSearch.Found found) {
    AuditRecord record = found.record();
    var colour =
        switch (record.outcome()) {
          case ALLOWED -> "badge";
          case FAILED -> "badge yellow";
          case DENIED, ALARM -> "badge red";
        };
    html.raw("<li><p><time>")
        .text(SECOND.format(record.at()))
        .raw("</time> ")
        .element("span", colour, name(record.outcome()))
        .raw(" ")
        .element("strong", record.action())
        .raw("</p><dl>");
    html.fact(say("人员", "Person"), who(record));
    html.fact(say("对象", "Object"), record.object());
    html.fact(say("原因", "Reason"), record.code());
    html.fact(say("来源", "From"), record.source());
    html.fact(say("次数", "Times"), record.count() == 1 ? "" : Long.toString(record.count()));
    html.fact(say("请求编号", "Request id"), record.requestId());
    html.fact(say("位置", "Place"), found.stream() + " @" + found.place().sequence());
    html.raw("</dl></li>");
  }

  private String who(AuditRecord record) {
    if (record.person().isEmpty()) {
      return say("未知", "nobody known");
    }
    var through = record.account().isEmpty() ? "" : say("，经由 ", ", through ") + record.account();
    return record.person() + " (" + record.role() + ")" + through;
  }

  private void more(Html html, AuditFilter filter, AuditPlace next) {
    var link = new StringBuilder("/audit?lang=" + language.code());
    link.append("&from=").append(encoded(filter.from().toString()));
    link.append("&to=").append(encoded(filter.to().toString()));
    for (var name : TEXTS) {
      call.parameter(name)
          .ifPresent(value -> link.append('&').append(name).append('=').append(encoded(value)));
    }
    call.parameter("outcome").ifPresent(value -> link.append("&outcome=").append(encoded(value)));
    html.raw("<p><a href=\"")
        .text(link + "&page_token=" + next)
        .raw("\">")
        .text(say("继续查询", "Go on"))
        .raw("</a></p>");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
