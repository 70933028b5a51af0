package govcloud.domain.sharing;

import govcloud.domain.catalogue.LocalText;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One piece of information of a resource.
 *
 * @param name how programs call it, such as {@code plate_number}
 * @param key whether a record is asked for by it
 */
public record Item(
    String name, ItemType type, Sensitivity sensitivity, LocalText title, boolean key) {

  /** An entry of the ledger has {@code field.} before it, and 63 characters in all. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,56}");

  public Item {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(sensitivity, "sensitivity");
    Objects.requireNonNull(title, "title");
  }

  void check(String at, Faults faults) {
    faults.require(
        NAME.matcher(name).matches(), at + "/name", Faults.quoted(name), "^" + NAME + "$");
    faults.text(at + "/title", title, Faults.LONGEST_TITLE);
  }

  /** The item as a document. */
  Map<String, Object> document() {
    return Map.of(
        "name",
        name,
        "type",
        Words.of(type),
        "sensitivity",
        Words.of(sensitivity),
        "title",
        Words.of(title),
        "key",
        key);
  }
}
