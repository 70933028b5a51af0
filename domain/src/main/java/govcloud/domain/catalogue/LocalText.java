package govcloud.domain.catalogue;

import java.util.Objects;

/** A text in the two languages of the platform. */
public record LocalText(String zh, String en) {
  public LocalText {
    Objects.requireNonNull(zh, "zh");
    Objects.requireNonNull(en, "en");
  }

  /** The text for a language tag; anything but Chinese gives English. */
  public String in(String language) {
    return language.startsWith("zh") ? zh : en;
  }
}
