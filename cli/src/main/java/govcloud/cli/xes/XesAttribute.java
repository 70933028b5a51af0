package govcloud.cli.xes;

import java.util.List;
import java.util.Objects;

/**
 * One typed attribute of a log, a trace or an event.
 *
 * @param type its XES type
 * @param key its name; unique among its siblings in well-made logs, but not in all logs
 * @param value the value exactly as written, so that time zones and number formats survive; empty
 *     for lists and containers
 * @param children attributes of this attribute
 * @param values the ordered entries of a list; empty for every other type
 */
public record XesAttribute(
    Type type, String key, String value, List<XesAttribute> children, List<XesAttribute> values) {

  /** The attribute types of XES 1.0 and 2.0; names in lower case are the element names. */
  public enum Type {
    STRING,
    DATE,
    INT,
    FLOAT,
    BOOLEAN,
    ID,
    LIST,
    CONTAINER;

    /** The element name. */
    public String element() {
      return switch (this) {
        case STRING -> "string";
        case DATE -> "date";
        case INT -> "int";
        case FLOAT -> "float";
        case BOOLEAN -> "boolean";
        case ID -> "id";
        case LIST -> "list";
        case CONTAINER -> "container";
      };
    }

    /** The type of an element name, or null when it is no attribute. */
    public static Type of(String element) {
      for (Type type : values()) {
        if (type.element().equals(element)) {
          return type;
        }
      }
      return null;
    }

    /** Whether attributes of this type carry a value. */
    public boolean hasValue() {
      return this != LIST && this != CONTAINER;
    }
  }

  public XesAttribute {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    children = List.copyOf(children);
    values = List.copyOf(values);
  }

  /** An attribute without children. */
  public static XesAttribute of(Type type, String key, String value) {
    return new XesAttribute(type, key, value, List.of(), List.of());
  }

  /** A string attribute. */
  public static XesAttribute string(String key, String value) {
    return of(Type.STRING, key, value);
  }

  /** A date attribute in the form that XES wants. */
  public static XesAttribute date(String key, String value) {
    return of(Type.DATE, key, value);
  }

  /** The value of the first attribute with this key, or null. */
  static String find(List<XesAttribute> attributes, String key) {
    for (XesAttribute attribute : attributes) {
      if (attribute.key().equals(key)) {
        return attribute.value();
      }
    }
    return null;
  }
}
