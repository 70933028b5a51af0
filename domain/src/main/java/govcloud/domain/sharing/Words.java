package govcloud.domain.sharing;

import govcloud.domain.catalogue.LocalText;
import java.util.Locale;
import java.util.Map;

/** How values are written in documents. */
final class Words {

  private Words() {}

  /** The lower-case word of a constant, such as {@code not_shared}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, Object> of(LocalText text) {
    return Map.of("zh", text.zh(), "en", text.en());
  }
}
