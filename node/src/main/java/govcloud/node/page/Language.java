package govcloud.node.page;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.http.Call;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;

/** The languages of the page. */
public enum Language {
  ZH("zh-CN", "zh"),
  EN("en", "en");

  private final String tag;
  private final String code;

  Language(String tag, String code) {
    this.tag = tag;
    this.code = code;
  }

  /** As in {@code lang="..."}. */
  public String tag() {
    return tag;
  }

  /** As in {@code ?lang=...}. */
  public String code() {
    return code;
  }

  /** The other one. */
  public Language other() {
    return this == ZH ? EN : ZH;
  }

  /** The text in this language. */
  public String of(LocalText text) {
    return text.in(code);
  }

  /** The text in this language. */
  public String of(String zh, String en) {
    return this == ZH ? zh : en;
  }

  /** The language in which somebody wants to read. */
  public static Language of(Call call) {
    return choose(
        call.parameter("lang"),
        call.request().getHeader("Accept-Language").map(HttpHeader::value).orElse(""));
  }

  /** What the query asks for, or else what the browser prefers, or else Chinese. */
  public static Language choose(Optional<String> query, String acceptLanguage) {
    if (query.isPresent()) {
      return query.get().equals("en") ? EN : ZH;
    }
    return Arrays.stream(acceptLanguage.split(",", -1))
        .map(Wish::read)
        .filter(wish -> wish.language().startsWith("zh") || wish.language().startsWith("en"))
        .max(Comparator.comparingDouble(Wish::quality))
        .map(wish -> wish.language().startsWith("en") ? EN : ZH)
        .orElse(ZH);
  }

  private record Wish(String language, double quality) {

    static Wish read(String text) {
      var parts = text.strip().toLowerCase(java.util.Locale.ROOT).split(";\\s*q=", 2);
      return new Wish(parts[0], parts.length == 2 ? quality(parts[1]) : 1);
    }

    private static double quality(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }
}
