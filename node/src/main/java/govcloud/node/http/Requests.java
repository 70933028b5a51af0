package govcloud.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;

/** Checks what a request carries against its operation in the contract. */
final class Requests {

  private static final int MOST_ERRORS = 50;

  private Requests() {}

  /** Values by name; of headers by lower-case name. Fails with a problem. */
  static Map<String, String> parameters(
      Operation operation, List<String> segments, HttpRequest request) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < segments.size(); i++) {
      var part = operation.template().get(i);
      if (Operation.isParameter(part)) {
        values.put(part.substring(1, part.length() - 1), segments.get(i));
      }
    }
    var query = query(request);
    for (var parameter : operation.parameters()) {
      var value =
          switch (parameter.place()) {
            case "path" -> values.get(parameter.name());
            case "query" -> query.remove(parameter.name());
            default -> header(request, parameter.name());
          };
      if (value == null) {
        if (parameter.needed()) {
          throw absent(parameter);
        }
        continue;
      }
      check(parameter, value);
      values.put(
          parameter.place().equals("header")
              ? parameter.name().toLowerCase(Locale.ROOT)
              : parameter.name(),
          value);
    }
    if (!query.isEmpty() && !operation.takesAnyQuery()) {
      throw Problem.of(
              BorderCode.PARAMETER_UNKNOWN, unknown(operation, query.keySet().iterator().next()))
          .asException();
    }
    return Map.copyOf(values);
  }

  private static Map<String, String> query(HttpRequest request) {
    try {
      var query = new HashMap<String, String>();
      for (var pair : request.getUri().query().toList()) {
        if (query.put(pair.first(), pair.second()) != null) {
          throw Problem.of(
                  BorderCode.PARAMETER_MALFORMED, pair.first() + ": given twice (expected: once)")
              .asException();
        }
      }
      return query;
    } catch (IllegalUriException e) {
      throw Problem.of(BorderCode.REQUEST_MALFORMED, "query: not valid percent-encoding")
          .asException();
    }
  }

  static String header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value).orElse(null);
  }

  private static ProblemException absent(Operation.Parameter parameter) {
    if (parameter.name().equals("If-Match")) {
      return Problem.of(
              BorderCode.IF_MATCH_NEEDED,
              "If-Match: absent (expected: the ETag of the thing, such as \"3\")")
          .asException();
    }
    return Problem.of(
            parameter.name().equals("Idempotency-Key")
                ? BorderCode.IDEMPOTENCY_KEY_NEEDED
                : BorderCode.PARAMETER_MALFORMED,
            parameter.name() + ": absent (expected: a value)")
        .asException();
  }

  private static void check(Operation.Parameter parameter, String value) {
    var errors = parameter.schema().validate(typed(parameter, value));
    if (!errors.isEmpty()) {
      throw Problem.of(
              parameter.place().equals("path")
                  ? BorderCode.IDENTIFIER_MALFORMED
                  : BorderCode.PARAMETER_MALFORMED,
              parameter.name() + ": " + shown(value) + " (expected: " + expectation(errors) + ")")
          .asException();
    }
  }

  private static JsonNode typed(Operation.Parameter parameter, String value) {
    if (parameter.type().equals("integer") && value.matches("-?[0-9]{1,18}")) {
      return LongNode.valueOf(Long.parseLong(value));
    }
    if (parameter.type().equals("boolean") && (value.equals("true") || value.equals("false"))) {
      return BooleanNode.valueOf(value.equals("true"));
    }
    return TextNode.valueOf(value);
  }

  private static String expectation(Set<ValidationMessage> errors) {
    return errors.stream().map(ValidationMessage::getError).collect(Collectors.joining("; "));
  }

  private static String shown(String value) {
    var printable = value.replaceAll("[^ -~]", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
  }

  private static String unknown(Operation operation, String name) {
    var known =
        operation.parameters().stream()
            .filter(parameter -> parameter.place().equals("query"))
            .map(Operation.Parameter::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return shown(name)
        + ": unknown (expected: "
        + (known.isEmpty() ? "none" : "one of " + known)
        + ")";
  }

  /** Fails with a problem that names every wrong place, up to fifty. */
  static void checkBody(JsonSchema schema, JsonNode body) {
    var places =
        schema.validate(body).stream()
            .map(Requests::located)
            .distinct()
            .sorted(Comparator.comparing(Problem.Located::pointer))
            .limit(MOST_ERRORS)
            .toList();
    if (!places.isEmpty()) {
      var first = places.get(0);
      throw Problem.of(BorderCode.BODY_INVALID, first.pointer() + ": " + first.detail())
          .at(places)
          .asException();
    }
  }

  private static Problem.Located located(ValidationMessage error) {
    var pointer = error.getInstanceLocation().toString();
    var member = error.getProperty();
    if (member != null && !error.getType().equals("required")) {
      // An unknown member is itself the wrong place, not the object that holds it.
      pointer = pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }
    return new Problem.Located(pointer, error.getError());
  }
}
