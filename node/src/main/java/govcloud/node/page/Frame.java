package govcloud.node.page;

/** What is around the content of every page with forms: title, style, and the other language. */
public final class Frame {

  private Frame() {}

  /**
   * The beginning of a page.
   *
   * @param path of the page, for the link to the other language
   * @param cssClass of the content
   */
  public static Html begin(Language language, String path, String title, String cssClass) {
    return begin(language, path, "", title, cssClass);
  }

  /**
   * The beginning of a page of which the address says more than the language.
   *
   * @param query of its address, without the language, each value URL-encoded; may be empty
   */
  public static Html begin(
      Language language, String path, String query, String title, String cssClass) {
    var other = language.other();
    return new Html()
        .raw("<!doctype html>\n<html lang=\"" + language.tag() + "\"><head>")
        .raw("<meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<title>")
        .text(language.of("政务云 · ", "Government cloud · ") + title)
        .raw("</title><link rel=\"icon\" href=\"data:,\">")
        .raw("<link rel=\"stylesheet\" href=\"/page/page.css\"></head><body><header>")
        .raw("<p class=\"brand\">" + home(language) + "</p><nav aria-label=\"")
        .text(language.of("语言", "Language"))
        .raw("\"><a href=\"" + path + "?lang=" + other.code())
        .text(query.isEmpty() ? "" : "&" + query)
        .raw("\" hreflang=\"" + other.tag())
        .raw("\" lang=\"" + other.tag() + "\">")
        .text(other == Language.ZH ? "中文" : "English")
        .raw("</a></nav></header><main id=\"main\" class=\"" + cssClass + "\"><h1>")
        .text(title)
        .raw("</h1>");
  }

  /** The name of the product, which leads to one's own account and from there to all pages. */
  static String home(Language language) {
    return new Html()
        .raw("<a href=\"/my-account?lang=" + language.code() + "\">")
        .text(language.of("政务云", "Government cloud"))
        .raw("</a>")
        .toString();
  }

  /** The whole page. */
  public static String end(Html html) {
    return html.raw("</main></body></html>\n").toString();
  }
}
