package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** The smallest form that a JSON Schema of the catalogue lets through. */
final class SchemaFiller {
  private static final List<String> TEXTS =
      List.of("示例", "演示〔2026〕12号", "19900000000", "999999000001", "2026-03-02");
  private static final Map<String, String> FORMATS =
      Map.of("date", "2026-03-02", "date-time", "2026-03-02T09:15:00+08:00");

  private final ObjectMapper json;

  SchemaFiller(ObjectMapper json) {
    this.json = json;
  }

  /** An object with every required member. */
  ObjectNode object(JsonNode schema) {
    ObjectNode object = json.createObjectNode();
    for (JsonNode name : schema.path("required")) {
      object.set(name.asText(), value(schema.path("properties").path(name.asText())));
    }
    return object;
  }

  private JsonNode value(JsonNode schema) {
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").asText("string")) {
      case "object" -> object(schema);
      case "array" -> json.createArrayNode().add(value(schema.path("items")));
      case "integer", "number" ->
          json.getNodeFactory().numberNode(Math.max(1, schema.path("minimum").asInt(1)));
      case "boolean" -> json.getNodeFactory().booleanNode(true);
      default -> text(schema);
    };
  }

  private static TextNode text(JsonNode schema) {
    String format = FORMATS.get(schema.path("format").asText());
    if (format != null) {
      return TextNode.valueOf(format);
    }
    String pattern = schema.path("pattern").asText("");
    return TextNode.valueOf(
        TEXTS.stream()
            .filter(text -> text.matches(pattern.isEmpty() ? ".*" : pattern))
            .findFirst()
            .orElse(""));
  }
}
