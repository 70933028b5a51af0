package govcloud.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract of the API, read from {@code openapi.yaml}: which operations there are, and what
 * their parameters and bodies must be. There is no second description of it in code.
 */
public final class Contract {

  private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

  private static final SchemaValidatorsConfig CHECKS =
      SchemaValidatorsConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ROOT)
          .build();

  private final String yaml;
  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder ->
              builder.metaSchema(
                  JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                      .keyword(new NonValidationKeyword("components"))
                      .keyword(new NonValidationKeyword("example"))
                      .build()));
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  /** The same by the number of their segments: each request looks here. */
  private final Map<Integer, List<Operation>> byLength = new HashMap<>();

  private Contract(String yaml) {
    this.yaml = yaml;
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(1000);
    this.document = Json.mapper().valueToTree(new Yaml(new SafeConstructor(options)).load(yaml));
    document.path("paths").properties().forEach(e -> read(e.getKey(), e.getValue()));
  }

  /** Reads the contract from the class path. */
  public static Contract load() {
    try (var in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml: not on the class path");
      }
      return new Contract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.yaml: not readable", e);
    }
  }

  /** The contract as written. */
  public String yaml() {
    return yaml;
  }

  /** The contract as JSON, without anchors. */
  public JsonNode document() {
    return document;
  }

  /** Every {@code operationId}. */
  public Collection<String> operationIds() {
    return operations.keySet();
  }

  /** Whether an operation answers without a token, or looks at what it is shown itself. */
  public boolean isOpen(String operationId) {
    return operations.get(operationId).open();
  }

  /** The operations whose path fits; literal segments win over parameters. */
  List<Operation> at(List<String> segments) {
    var found =
        byLength.getOrDefault(segments.size(), List.of()).stream()
            .filter(o -> o.matches(segments))
            .toList();
    var best = found.stream().mapToInt(Contract::literals).max().orElse(0);
    return found.stream().filter(o -> literals(o) == best).toList();
  }

  private static int literals(Operation operation) {
    return (int) operation.template().stream().filter(p -> !Operation.isParameter(p)).count();
  }

  /** Schema {@code node} of the contract, with all it refers to. */
  public JsonSchema schema(JsonNode node) {
    var root = Json.mapper().createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    if (node instanceof ObjectNode object) {
      root.setAll(object);
    }
    root.set("components", document.path("components"));
    return schemas.getSchema(root, CHECKS);
  }

  /** What {@code node} is, or what it refers to. */
  public JsonNode resolve(JsonNode node) {
    var reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /** Segments of a path; the root has none. */
  static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private void read(String path, JsonNode item) {
    for (var method : METHODS) {
      var node = item.path(method);
      if (node.isMissingNode()) {
        continue;
      }
      var parameters = new ArrayList<Operation.Parameter>();
      item.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
      node.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
      var body = resolve(node.path("requestBody"));
      var schema = body.at("/content/application~1json/schema");
      var id = node.path("operationId").asText();
      var operation =
          new Operation(
              id,
              method.toUpperCase(Locale.ROOT),
              segments(path),
              open(node),
              List.copyOf(parameters),
              schema.isMissingNode() ? Optional.empty() : Optional.of(schema(schema)),
              body.path("required").asBoolean(),
              streaming(node));
      operations.put(id, operation);
      byLength.computeIfAbsent(operation.template().size(), n -> new ArrayList<>()).add(operation);
    }
  }

  private static Operation.Streaming streaming(JsonNode node) {
    var streamed = node.path("x-streamed");
    if (streamed.asText().equals("answer")) {
      return Operation.Streaming.ANSWER;
    }
    if (!streamed.asBoolean()) {
      return Operation.Streaming.NONE;
    }
    return node.has("requestBody") ? Operation.Streaming.REQUEST : Operation.Streaming.ANSWER;
  }

  /** No security at all, or only a cookie that the endpoint itself looks at. */
  private static boolean open(JsonNode node) {
    var security = node.path("security");
    if (security.isMissingNode()) {
      return false;
    }
    for (var choice : security) {
      if (choice.isEmpty() || choice.has("page")) {
        return true;
      }
    }
    return security.isEmpty();
  }

  private Operation.Parameter parameter(JsonNode reference) {
    var node = resolve(reference);
    return new Operation.Parameter(
        node.path("name").asText(),
        node.path("in").asText(),
        node.path("required").asBoolean(),
        resolve(node.path("schema")).path("type").asText("string"),
        schema(node.path("schema")));
  }
}
