package govcloud.node.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ResourceState.Status;
import govcloud.domain.sharing.ResourceState.Version;
import govcloud.domain.tenant.TenantState;
import govcloud.node.page.Frame;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import govcloud.node.projection.Page;
import govcloud.node.sharing.ResourceRow;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The catalogue of data resources as text. */
final class DirectoryHtml {

  private static final String PATH = "/resources";

  private final Language language;
  private final DirectoryWords words;

  DirectoryHtml(Language language) {
    this.language = language;
    this.words = new DirectoryWords(language);
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  private String say(LocalText text) {
    return language.of(text.zh(), text.en());
  }

  private Html begin(String path, String query, String title) {
    return Frame.begin(language, path, query, title, "looks");
  }

  /**
   * Resources that say all words.
   *
   * @param token of this page; none: the first
   */
  String list(String asked, Optional<String> token, Page<ResourceRow> page) {
    var query = query(asked) + token.map(DirectoryHtml::andToken).orElse("");
    var html = begin(PATH, query, say("数据资源目录", "Catalogue of data resources"));
    html.raw("<form method=\"get\" action=\"" + PATH + "\">")
        .hidden("lang", language.code())
        .raw("<label>")
        .text(say("名称、代码或信息项 ", "Name, code or item "))
        .raw("<input name=\"q\" maxlength=\"200\" value=\"")
        .text(asked)
        .raw("\"></label> <button>")
        .text(say("查找", "Search"))
        .raw("</button></form>");
    if (page.items().isEmpty()) {
      html.element("p", "calm", none(page.nextPageToken().isPresent()));
      page.nextPageToken().ifPresent(next -> more(html, asked, next));
      return Frame.end(html);
    }
    html.raw("<div class=\"part\" tabindex=\"0\">");
    head(
        html,
        say("资源", "Resource"),
        say("提供方", "Provider"),
        say("资源代码", "Code"),
        say("分类", "Category"),
        say("共享类型", "Sharing"));
    page.items().forEach(row -> row(html, row.newest().content()));
    html.raw("</tbody></table></div>");
    page.nextPageToken().ifPresent(next -> more(html, asked, next));
    return Frame.end(html);
  }

  /** A look ends after so many entries, so that an empty page need not be the last. */
  private String none(boolean hasMore) {
    return hasMore
        ? say("目前没有符合的资源，可继续查找", "None so far; there is more to search")
        : say("没有符合的资源", "No such resource");
  }

  private void row(Html html, DataResource of) {
    html.raw("<tr><td><a href=\"" + PATH + "/" + of.owner() + "/" + of.id())
        .raw("?lang=" + language.code() + "\">")
        .text(say(of.title()))
        .raw("</a></td>");
    List.of(of.owner(), of.catalogue().code(), of.category(), words.of(of.sharing()))
        .forEach(cell -> html.element("td", cell));
    html.raw("</tr>");
  }

  private static String query(String asked) {
    return "q=" + URLEncoder.encode(asked, UTF_8);
  }

  private static String andToken(String token) {
    return "&page_token=" + URLEncoder.encode(token, UTF_8);
  }

  private void more(Html html, String asked, String token) {
    html.raw("<p><a href=\"" + PATH + "?lang=" + language.code())
        .text("&" + query(asked) + andToken(token))
        .raw("\">")
        .text(say("更多", "More"))
        .raw("</a></p>");
  }

  /** All that the catalogue says of one version. */
  String one(Version version, Status status, TenantState owner) {
    var of = version.content();
    var entry = of.catalogue();
    var html =
        begin(
            PATH + "/" + of.owner() + "/" + of.id(),
            "resource_version=" + version.number(),
            say(of.title()));
    html.element("p", say(of.summary())).raw("<dl>");
    html.fact(say("资源分类", "Category"), of.category())
        .fact(say("资源代码", "Code"), entry.code())
        .fact(say("提供方", "Provider"), say(owner.name()))
        .fact(say("提供方代码", "Code of the provider"), owner.creditCode())
        .fact(say("格式", "Format"), entry.format().map(words::of).orElse(""))
        .fact(say("共享类型", "Sharing"), words.of(of.sharing()))
        .fact(say("共享条件", "Condition or law"), of.sharingBasis())
        .fact(say("共享方式", "Modes"), words.list(of.modes(), words::of))
        .fact(say("开放属性", "Open to the public"), entry.opening().map(words::of).orElse(""))
        .fact(say("更新周期", "Updates"), words.of(of.updates()))
        .fact(say("发布日期", "Published"), Html.MINUTE.format(version.publishedAt()))
        .fact(say("版本", "Version"), version.number() + " · " + words.of(status))
        .fact(say("关联资源", "Related"), String.join(", ", entry.related()))
        .fact(say("数据质量", "Quality"), quality(of))
        .fact(
            say("可用率", "Availability"),
            entry.availability().map(of1000 -> of1000 / 10 + "." + of1000 % 10 + " %").orElse(""))
        .fact(
            say("响应时限", "Answers within"),
            entry.answerMillis().map(most -> most + " ms").orElse(""))
        .fact(say("联系方式", "Contact"), entry.contact());
    html.raw("</dl>");
    items(html, of);
    links(html, version);
    return Frame.end(html);
  }

  private String quality(DataResource of) {
    return of.catalogue().quality().entrySet().stream()
        .map(one -> words.of(one.getKey()) + " " + one.getValue() + " %")
        .collect(Collectors.joining(", "));
  }

  private void items(Html html, DataResource of) {
    html.element("h2", say("信息项", "Items")).raw("<div class=\"part\" tabindex=\"0\">");
    head(
        html,
        say("名称", "Name"),
        say("标识", "Identifier"),
        say("类型", "Type"),
        say("长度", "Length"),
        say("数据元编号", "Data element"),
        say("敏感级别", "Sensitivity"),
        say("主键", "Key"));
    of.items().forEach(item -> item(html, item));
    html.raw("</tbody></table></div>");
  }

  private void item(Html html, Item item) {
    html.raw("<tr>");
    List.of(
            say(item.title()),
            item.name(),
            words.of(item.type()),
            item.length() == 0 ? "" : String.valueOf(item.length()),
            item.element(),
            item.sensitivity().name(),
            item.key() ? say("是", "yes") : "")
        .forEach(cell -> html.element("td", cell));
    html.raw("</tr>");
  }

  private void links(Html html, Version version) {
    var of = version.content();
    var path = "/v1/sharing/resources/" + of.owner() + "/" + of.id();
    var query = "?resource_version=" + version.number();
    html.raw("<p><a href=\"" + path + "/schema" + query + "\">")
        .text(say("数据结构（JSON Schema）", "JSON Schema"))
        .raw("</a> · <a href=\"" + path + "/mock" + query + "\">")
        .text(say("样例数据（虚构）", "Made-up records"))
        .raw("</a></p>");
  }

  private static void head(Html html, String... titles) {
    html.raw("<table><thead><tr>");
    for (String title : titles) {
      html.raw("<th scope=\"col\">").text(title).raw("</th>");
    }
    html.raw("</tr></thead><tbody>");
  }

  /** Why there is nothing to see. */
  String refused(String code, String detail) {
    var html = begin(PATH, "", say("数据资源目录", "Catalogue of data resources"));
    return Frame.end(html.trouble(code + ": " + detail));
  }
}
