package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import govcloud.domain.casework.FormReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads forms for guards. Whole numbers become {@code Long}, others {@code Double}; a member that
 * is null counts as absent, so that {@code has(form.x)} says what an author means.
 */
public final class JsonFormReader implements FormReader {

  private final JsonMapper mapper = FormLimits.mapper();

  @Override
  public Reading read(String json) {
    if (json.isBlank()) {
      return Reading.of(Map.of());
    }
    var tooLong = FormLimits.tooLong(json);
    if (!tooLong.isEmpty()) {
      return Reading.failed(tooLong);
    }
    try {
      var form = mapper.readTree(json);
      return form.isObject()
          ? Reading.of(members(form))
          : Reading.failed("form: " + form.getNodeType() + " (expected: an object)");
    } catch (JsonProcessingException e) {
      return Reading.failed("form: " + e.getOriginalMessage());
    }
  }

  private static Map<String, Object> members(JsonNode object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull()) {
                members.put(member.getKey(), value(member.getValue()));
              }
            });
    return members;
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> members(node);
      case ARRAY -> items(node);
      case NUMBER -> number(node);
      case BOOLEAN -> node.booleanValue();
      default -> node.asText();
    };
  }

  private static Object number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.doubleValue();
  }

  private static List<Object> items(JsonNode array) {
    List<Object> items = new ArrayList<>();
    for (var item : array) {
      if (!item.isNull()) {
        items.add(value(item));
      }
    }
    return items;
  }
}
