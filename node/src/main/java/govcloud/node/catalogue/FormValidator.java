package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks forms against the schemas of the catalogue, each compiled once; safe for threads. */
public final class FormValidator {

  /** More errors than this do not help anybody. */
  private static final int MAXIMUM_ERRORS = 100;

  private static final String EMPTY_FORM = "{}";

  private final JsonMapper mapper = FormLimits.mapper();
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  /** Compiles every form of every app. */
  public FormValidator(Catalogue catalogue) {
    var compiler = new FormSchemaCompiler();
    catalogue.all().stream()
        .flatMap(FormValidator::schemasOf)
        .forEach(text -> schemas.computeIfAbsent(text, compiler::compile));
  }

  /** What is wrong with a new case's form; empty if nothing is. */
  public List<FormError> validateCase(AppDefinition definition, String json) {
    return validate(definition.formSchema(), json);
  }

  /**
   * What is wrong with the form that comes with an action; empty if nothing is. An action without a
   * form takes an empty one only.
   */
  public List<FormError> validateAction(AppDefinition.Action action, String json) {
    var text = json.isBlank() ? EMPTY_FORM : json;
    if (action.formSchema().isPresent()) {
      return validate(action.formSchema().get(), text);
    }
    return read(text).size() == 0
        ? List.of()
        : List.of(new FormError("", "form: given (expected: none for " + action.name() + ")"));
  }

  private List<FormError> validate(String schemaText, String json) {
    var schema = schemas.get(schemaText);
    if (schema == null) {
      throw new IllegalArgumentException("schema: not of this catalogue");
    }
    var tooLong = FormLimits.tooLong(json);
    if (!tooLong.isEmpty()) {
      return List.of(new FormError("", tooLong));
    }
    JsonNode form;
    try {
      form = mapper.readTree(json);
    } catch (JsonProcessingException e) {
      return List.of(
          new FormError("", place(e) + e.getOriginalMessage().lines().findFirst().orElse("")));
    }
    return schema.validate(form).stream()
        .map(FormValidator::error)
        .sorted(Comparator.comparing(FormError::pointer).thenComparing(FormError::detail))
        .limit(MAXIMUM_ERRORS)
        .toList();
  }

  private JsonNode read(String json) {
    try {
      return FormLimits.tooLong(json).isEmpty()
          ? mapper.readTree(json)
          : mapper.createArrayNode().add(true);
    } catch (JsonProcessingException e) {
      return mapper.createArrayNode().add(true);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : "line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ": ";
  }

  private static FormError error(ValidationMessage message) {
    var pointer = message.getInstanceLocation().toString();
    var property = message.getProperty();
    var member = property == null ? "" : "/" + property.replace("~", "~0").replace("/", "~1");
    return new FormError(pointer + member, message.getError());
  }

  private static Stream<String> schemasOf(AppDefinition definition) {
    return Stream.concat(
        Stream.of(definition.formSchema()),
        definition.actions().values().stream()
            .map(AppDefinition.Action::formSchema)
            .flatMap(Optional::stream));
  }
}
