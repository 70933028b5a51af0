package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Holds every answer of a test against the contract: fails on an undocumented status or body. */
public final class Answers {

  private final Contract contract = Contract.load();

  /** Checks an answer to {@code method} and {@code path}; gives its JSON, or a missing node. */
  public JsonNode check(String method, String path, HttpResponse<String> answer) {
    var plain = path.replaceFirst("\\?.*", "");
    var operation =
        contract.at(Contract.segments(plain)).stream()
            .filter(candidate -> candidate.method().equals(method))
            .findFirst();
    var response =
        operation.isPresent()
            ? response(operation.get(), answer.statusCode())
            : contract.document().at("/components/responses/Problem");
    assertThat(response.isMissingNode())
        .as("%s %s: status %d in the contract", method, plain, answer.statusCode())
        .isFalse();
    assertThat(answer.headers().firstValue("traceparent")).isPresent();
    assertThat(answer.headers().firstValue("server")).isEmpty();
    return body(method + " " + plain, response, answer);
  }

  private JsonNode response(Operation operation, int status) {
    var responses =
        contract
            .document()
            .path("paths")
            .path("/" + String.join("/", operation.template()))
            .path(operation.method().toLowerCase(Locale.ROOT))
            .path("responses");
    var exact = responses.path(Integer.toString(status));
    return contract.resolve(
        exact.isMissingNode() && status >= 400 ? responses.path("default") : exact);
  }

  private JsonNode body(String what, JsonNode response, HttpResponse<String> answer) {
    var content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.body()).as(what).isEmpty();
      return MissingNode.getInstance();
    }
    var type = answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
    var media = content.has(type) ? content.path(type) : content.path("*/*");
    assertThat(media.isMissingNode())
        .as("%s: %s for %d in the contract", what, type, answer.statusCode())
        .isFalse();
    if (!type.endsWith("json")) {
      return MissingNode.getInstance();
    }
    var body = Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    assertThat(contract.schema(media.path("schema")).validate(body))
        .as("%s: %d %s", what, answer.statusCode(), answer.body())
        .isEmpty();
    if (type.endsWith("problem+json")) {
      assertThat(body.path("status").asInt()).isEqualTo(answer.statusCode());
      assertThat(answer.body()).doesNotContain("at govcloud.").doesNotContain("Exception:");
    }
    return body;
  }
}
