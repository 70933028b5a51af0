package govcloud.cli.xes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * XES attributes as the flat texts that cases carry, and back. A plain attribute is {@code
 * type:value} under its key. One with children, a list, or several of one key are {@code tree:} and
 * a JSON array.
 */
final class TypedText {
  private static final String TREE = "tree:";

  private final ObjectMapper json;

  TypedText(ObjectMapper json) {
    this.json = json;
  }

  /** Texts by key, in the order of the attributes. */
  Map<String, String> encode(List<XesAttribute> attributes) {
    Map<String, List<XesAttribute>> byKey = new LinkedHashMap<>();
    for (XesAttribute attribute : attributes) {
      byKey.computeIfAbsent(attribute.key(), key -> new ArrayList<>()).add(attribute);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    byKey.forEach((key, same) -> texts.put(key, text(same)));
    return texts;
  }

  private String text(List<XesAttribute> same) {
    XesAttribute first = same.get(0);
    boolean plain =
        same.size() == 1
            && first.type().hasValue()
            && first.children().isEmpty()
            && first.values().isEmpty();
    return plain ? first.type().element() + ":" + first.value() : tree(same);
  }

  /** Several attributes, of whatever keys, as one text. */
  String tree(List<XesAttribute> attributes) {
    return TREE + array(attributes);
  }

  private ArrayNode array(List<XesAttribute> attributes) {
    ArrayNode array = json.createArrayNode();
    for (XesAttribute attribute : attributes) {
      ObjectNode node = array.addObject();
      node.put("type", attribute.type().element());
      node.put("key", attribute.key());
      if (attribute.type().hasValue()) {
        node.put("value", attribute.value());
      }
      if (!attribute.children().isEmpty()) {
        node.set("children", array(attribute.children()));
      }
      if (!attribute.values().isEmpty()) {
        node.set("values", array(attribute.values()));
      }
    }
    return array;
  }

  /** Attributes of texts; a text that no import wrote becomes a string attribute. */
  List<XesAttribute> decode(Map<String, String> texts) {
    List<XesAttribute> attributes = new ArrayList<>();
    texts.forEach((key, text) -> attributes.addAll(decode(key, text)));
    return attributes;
  }

  private List<XesAttribute> decode(String key, String text) {
    if (text.startsWith(TREE)) {
      try {
        return attributes(json.readTree(text.substring(TREE.length())));
      } catch (JsonProcessingException e) {
        return List.of(XesAttribute.string(key, text));
      }
    }
    int colon = text.indexOf(':');
    XesAttribute.Type type = colon < 0 ? null : XesAttribute.Type.of(text.substring(0, colon));
    boolean typed = type != null && type.hasValue();
    return List.of(
        typed
            ? XesAttribute.of(type, key, text.substring(colon + 1))
            : XesAttribute.string(key, text));
  }

  private static List<XesAttribute> attributes(JsonNode array) {
    List<XesAttribute> attributes = new ArrayList<>();
    for (JsonNode node : array) {
      XesAttribute.Type type = XesAttribute.Type.of(node.path("type").asText());
      attributes.add(
          new XesAttribute(
              type == null ? XesAttribute.Type.STRING : type,
              node.path("key").asText(),
              node.path("value").asText(),
              attributes(node.path("children")),
              attributes(node.path("values"))));
    }
    return attributes;
  }
}
