package govcloud.domain.sharing;

import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON Schema (2020-12) of a resource's records, derived from its items. */
public final class RecordSchema {

  private RecordSchema() {}

  /** The schema as a document. Records may lack items and have no others. */
  public static Map<String, Object> of(DataResource resource, int version) {
    var properties = new LinkedHashMap<String, Object>();
    resource.items().forEach(item -> properties.put(item.name(), property(item)));
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:govcloud:%s:%s:%d".formatted(resource.owner(), resource.id(), version));
    schema.put("title", resource.title().en());
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", resource.items().stream().filter(Item::key).map(Item::name).toList());
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> property(Item item) {
    var property = new LinkedHashMap<String, Object>();
    property.put("title", item.title().zh());
    property.put("description", item.title().en());
    property.putAll(
        switch (item.type()) {
          case TEXT -> Map.of("type", "string");
          case INTEGER -> Map.of("type", "integer");
          case DECIMAL -> text("pattern", "^-?[0-9]+(\\.[0-9]+)?$");
          case BOOLEAN -> Map.of("type", "boolean");
          case DATE -> text("format", "date");
          case TIMESTAMP -> text("format", "date-time");
          case CITIZEN_NUMBER -> text("pattern", "^[0-9]{17}[0-9X]$");
          case CREDIT_CODE -> text("pattern", "^[0-9A-HJ-NP-RTUWXY]{18}$");
        });
    return property;
  }

  private static Map<String, Object> text(String keyword, String value) {
    return Map.of("type", "string", keyword, value);
  }
}
