package govcloud.domain.sharing;

import govcloud.domain.catalogue.LocalText;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One piece of information of a resource.
 *
 * @param name how programs call it, such as {@code plate_number}
 * @param key whether a record is asked for by it
 * @param length the most characters of a text; 0 if that is not said
 * @param element number of its data element in the standard that defines it; else an empty string
 */
public record Item(
    String name,
    ItemType type,
    Sensitivity sensitivity,
    LocalText title,
    boolean key,
    int length,
    String element) {

  /** The longest text for which a length may be said, in characters: longer ones are not given. */
  public static final int LONGEST = 4_096;

  /** An entry of the ledger has {@code field.} before it, and 63 characters in all. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,56}");

  private static final Pattern ELEMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,31}");

  public Item {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(sensitivity, "sensitivity");
    Objects.requireNonNull(title, "title");
    // rows of versions before have none
    element = element == null ? "" : element;
  }

  /** An item of which neither length nor data element is said. */
  public Item(String name, ItemType type, Sensitivity sensitivity, LocalText title, boolean key) {
    this(name, type, sensitivity, title, key, 0, "");
  }

  void check(String at, Faults faults) {
    faults.require(
        NAME.matcher(name).matches(), at + "/name", Faults.quoted(name), "^" + NAME + "$");
    faults.text(at + "/title", title, Faults.LONGEST_TITLE);
    faults.require(
        length == 0 || (type == ItemType.TEXT && length > 0 && length <= LONGEST),
        at + "/length",
        length + " of " + Words.of(type),
        "1 to " + LONGEST + ", of a text alone");
    faults.require(
        element.isEmpty() || ELEMENT.matcher(element).matches(),
        at + "/element",
        Faults.quoted(element),
        "^" + ELEMENT + "$");
  }

  /** The item as a document. */
  Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("name", name);
    document.put("type", Words.of(type));
    document.put("sensitivity", Words.of(sensitivity));
    document.put("title", Words.of(title));
    document.put("key", key);
    if (length != 0) {
      document.put("length", length);
    }
    if (!element.isEmpty()) {
      document.put("element", element);
    }
    return document;
  }
}
