package govcloud.domain.sharing;

import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * The schema of what is let out of records under agreed fields: a plain value is as its item
   * says, a masked one is a text, a hidden one is not there. Nothing is required, for any field may
   * not be asked for.
   */
  public static Map<String, Object> released(
      DataResource resource, int version, List<AgreementTerms.Field> fields) {
    var properties = new LinkedHashMap<String, Object>();
    fields.forEach(
        field ->
            resource
                .item(field.item())
                .filter(item -> field.masking().rule() != Masking.Rule.HIDDEN)
                .ifPresent(item -> properties.put(item.name(), released(item, field.masking()))));
    var schema = new LinkedHashMap<>(of(resource, version));
    schema.put("properties", properties);
    schema.put("required", List.of());
    return schema;
  }

  private static Map<String, Object> released(Item item, Masking masking) {
    return switch (masking.rule()) {
      case PLAIN, HIDDEN -> property(item);
      case ENDS -> Map.of("type", "string");
      case HASH -> text("pattern", "^([0-9a-f]{64}|[*]{3})$");
      case YEAR -> text("pattern", "^([0-9]{4}|[*]{3})$");
      case PREDICATE -> Map.of("enum", List.of("valid", "not_valid", "unknown"));
    };
  }

  private static Map<String, Object> property(Item item) {
    var property = new LinkedHashMap<String, Object>();
    property.put("title", item.title().zh());
    property.put("description", item.title().en());
    property.putAll(
        switch (item.type()) {
          case TEXT ->
              item.length() == 0
                  ? Map.of("type", "string")
                  : Map.of("type", "string", "maxLength", item.length());
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
