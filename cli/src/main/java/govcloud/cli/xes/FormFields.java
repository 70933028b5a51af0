package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The attributes of a trace that an app's form has a field for. */
final class FormFields {
  private final ObjectMapper json;
  private final JsonNode properties;

  FormFields(ObjectMapper json, JsonNode schema) {
    this.json = json;
    this.properties = schema.path("properties");
  }

  /** A form with every attribute whose name and value fit a field. */
  ObjectNode fill(List<XesAttribute> attributes) {
    ObjectNode form = json.createObjectNode();
    for (XesAttribute attribute : attributes) {
      String field = attribute.key().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
      JsonNode schema = properties.has(attribute.key()) ? properties.get(attribute.key()) : null;
      if (schema == null) {
        schema = properties.get(field);
      } else {
        field = attribute.key();
      }
      if (schema != null && attribute.type().hasValue()) {
        put(form, field, schema, attribute.value());
      }
    }
    return form;
  }

  private static void put(ObjectNode form, String field, JsonNode schema, String value) {
    try {
      switch (schema.path("type").asText("string")) {
        case "integer" -> form.put(field, Long.parseLong(value));
        case "number" -> form.put(field, Double.parseDouble(value));
        case "boolean" -> form.put(field, value.equals("true") || value.equals("1"));
        case "string" -> putText(form, field, schema, value);
        default -> form.remove(field);
      }
    } catch (NumberFormatException e) {
      form.remove(field);
    }
  }

  private static void putText(ObjectNode form, String field, JsonNode schema, String value) {
    boolean day = schema.path("format").asText().equals("date") && value.length() > 10;
    String text = day ? value.substring(0, 10) : value;
    boolean listed = !schema.has("enum");
    for (JsonNode allowed : schema.path("enum")) {
      listed |= allowed.asText().equals(text);
    }
    if (listed && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      form.put(field, text);
    }
  }

  /** A form's plain fields as attributes. */
  List<XesAttribute> read(JsonNode form) {
    List<XesAttribute> attributes = new ArrayList<>();
    form.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              XesAttribute.Type type = XesAttribute.Type.STRING;
              if (value.isIntegralNumber()) {
                type = XesAttribute.Type.INT;
              } else if (value.isNumber()) {
                type = XesAttribute.Type.FLOAT;
              } else if (value.isBoolean()) {
                type = XesAttribute.Type.BOOLEAN;
              }
              String text = value.isValueNode() ? value.asText() : value.toString();
              attributes.add(XesAttribute.of(type, entry.getKey(), text));
            });
    return attributes;
  }
}
