package govcloud.recovery.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** The page's words in one language. */
final class PageText {
  static final PageText EN = new PageText("en", "text.properties");
  static final PageText ZH = new PageText("zh", "text_zh.properties");

  private final String language;
  private final Properties words = new Properties();

  private PageText(String language, String file) {
    this.language = language;
    try (Reader reader =
        new InputStreamReader(PageText.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      words.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words for a language tag; anything but Chinese gives English. */
  static PageText of(String tag) {
    return tag.startsWith("zh") ? ZH : EN;
  }

  String language() {
    return language;
  }

  Properties words() {
    return words;
  }

  /** A sentence with what goes into it. */
  String say(String key, Object... values) {
    String pattern = words.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("text: " + key + " (expected: in both languages)");
    }
    return values.length == 0 ? pattern : String.format(Locale.ROOT, pattern, values);
  }
}
