package govcloud.node.http;

import com.networknt.schema.JsonSchema;
import java.util.List;
import java.util.Optional;

/**
 * One operation of the contract, ready to check requests.
 *
 * @param id its {@code operationId}
 * @param method in capitals
 * @param template path segments; those in braces are parameters
 * @param open whether it answers without a token
 * @param parameters of path, query and header
 * @param body schema of the body, if it takes one
 * @param bodyNeeded whether the body may not be absent
 * @param streaming what of it is not held in memory
 */
record Operation(
    String id,
    String method,
    List<String> template,
    boolean open,
    List<Parameter> parameters,
    Optional<JsonSchema> body,
    boolean bodyNeeded,
    Streaming streaming) {

  /** Whether bodies go through as streams, which take as long as they take. */
  enum Streaming {
    NONE,
    /** The endpoint reads the request's body itself, and limits its size and time. */
    REQUEST,
    /** The answer goes on after the endpoint has answered. */
    ANSWER
  }

  /**
   * A parameter.
   *
   * @param place {@code path, query, header} or {@code cookie}
   * @param type of its value: {@code string, integer, boolean} or {@code object}
   */
  record Parameter(String name, String place, boolean needed, String type, JsonSchema schema) {}

  /** Whether others decide what stands in the query, as a parameter that is an object says. */
  boolean takesAnyQuery() {
    return parameters.stream()
        .anyMatch(
            parameter -> parameter.place().equals("query") && parameter.type().equals("object"));
  }

  boolean matches(List<String> segments) {
    if (segments.size() != template.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      var part = template.get(i);
      if (!isParameter(part) && !part.equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The segment that stands where the template has a parameter, such as {@code {tenant}}. */
  Optional<String> valueOf(String parameter, List<String> segments) {
    int place = template.indexOf(parameter);
    return place < 0 ? Optional.empty() : Optional.of(segments.get(place));
  }

  static boolean isParameter(String part) {
    return part.startsWith("{");
  }
}
