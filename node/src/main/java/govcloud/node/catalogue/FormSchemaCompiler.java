package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles JSON Schemas of forms. Nothing is ever fetched from elsewhere, and patterns run in
 * linear time whatever the text.
 */
public final class FormSchemaCompiler {

  /** The one dialect of forms. */
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Keyword for a member's name in both languages. */
  static final String TEXTS = "texts";

  /** Keyword for the names of an enumeration's values in both languages. */
  static final String ENUM_TEXTS = "enum_texts";

  /** Keyword that marks a member as personal, so that it is sealed with the key of the person. */
  static final String PERSONAL = "personal";

  private final JsonMapper mapper = FormLimits.mapper();
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ENGLISH)
          .formatAssertionsEnabled(true)
          .regularExpressionFactory(
              pattern -> {
                var compiled = Pattern.compile(pattern);
                return text -> compiled.matcher(text).find();
              })
          .build();
  private final JsonSchemaFactory forms;
  private final JsonSchema dialect;

  /** A compiler. */
  public FormSchemaCompiler() {
    var known =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .keywords(
                List.of(
                    new NonValidationKeyword(TEXTS),
                    new NonValidationKeyword(ENUM_TEXTS),
                    new NonValidationKeyword(PERSONAL)))
            .build();
    this.forms =
        JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
            .metaSchemas(schemas -> schemas.clear())
            .metaSchema(known)
            .defaultMetaSchemaIri(known.getIri())
            .schemaLoaders(
                loaders ->
                    loaders.values(
                        all -> {
                          all.clear();
                          all.add(DisallowSchemaLoader.getInstance());
                        }))
            .build();
    this.dialect =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(DIALECT), config);
  }

  /** What the dialect finds wrong with the schema, once per place; empty if nothing. */
  List<FormError> check(String text) {
    try {
      Map<String, FormError> errors = new TreeMap<>();
      for (var message : dialect.validate(mapper.readTree(text))) {
        var pointer = message.getInstanceLocation().toString();
        errors.putIfAbsent(pointer, new FormError(pointer, message.getError()));
      }
      return List.copyOf(errors.values());
    } catch (JsonProcessingException e) {
      return List.of(new FormError("", e.getOriginalMessage()));
    }
  }

  /**
   * The schema, ready for use.
   *
   * @throws IllegalArgumentException if it cannot be compiled, such as for an unknown pattern
   */
  public JsonSchema compile(String text) {
    JsonNode node;
    try {
      node = mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("schema: " + e.getOriginalMessage(), e);
    }
    try {
      var schema = forms.getSchema(node, config);
      schema.initializeValidators();
      return schema;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("schema: " + e.getMessage(), e);
    }
  }
}
