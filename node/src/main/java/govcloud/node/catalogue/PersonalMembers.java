package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which members of a form are personal, as its schema marks them; safe for threads. */
public final class PersonalMembers {

  private final Map<String, JsonNode> schemas = new ConcurrentHashMap<>();

  /** Whether any member of a form of this schema can be personal. */
  public boolean any(String schemaText) {
    var schema = schema(schemaText);
    return isMarked(schema.path("additionalProperties"))
        || schema.path("properties").valueStream().anyMatch(PersonalMembers::isMarked);
  }

  /** Whether a member of a form of this schema is personal. */
  public boolean has(String schemaText, String member) {
    var schema = schema(schemaText);
    var declared = schema.path("properties").path(member);
    return isMarked(declared.isMissingNode() ? schema.path("additionalProperties") : declared);
  }

  private JsonNode schema(String text) {
    return schemas.computeIfAbsent(text, PersonalMembers::parse);
  }

  private static JsonNode parse(String text) {
    try {
      return FormLimits.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("schema: not of this catalogue", e);
    }
  }

  private static boolean isMarked(JsonNode schema) {
    return schema.path(FormSchemaCompiler.PERSONAL).asBoolean(false);
  }
}
