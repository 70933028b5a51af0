package govcloud.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request that fits the contract.
 *
 * @param operation the id of the operation in the contract
 * @param request as it came
 * @param parameters of path and query by name, and of headers by lower-case name
 * @param body checked against the contract; a missing node if there is none
 * @param actor who acts
 * @param traceId 32 hexadecimal digits
 * @param nonce random digits, of this call alone
 * @param workDone gives up the request's place among those under way: from then on it only waits
 */
public record Call(
    String operation,
    HttpRequest request,
    Map<String, String> parameters,
    JsonNode body,
    Actor actor,
    String traceId,
    String nonce,
    Runnable workDone) {

  /** A parameter that the contract says is there. */
  public String path(String name) {
    var value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException(operation + ": no parameter " + name + " in the contract");
    }
    return value;
  }

  /** A parameter that may be absent. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** A point in time that may be absent. */
  public Optional<Instant> instant(String name) {
    return parameter(name).map(text -> java.time.OffsetDateTime.parse(text).toInstant());
  }

  /** Whether only to check. */
  public boolean dryRun() {
    return parameter("dry_run").map(Boolean::parseBoolean).orElse(false);
  }

  /** Whether it is more than a question. */
  public boolean isChange() {
    return !request.method().equals(HttpMethods.GET);
  }

  /** The same call, only to check. */
  public Call asDryRun() {
    var more = new HashMap<>(parameters);
    more.put("dry_run", "true");
    return new Call(operation, request, Map.copyOf(more), body, actor, traceId, nonce, workDone);
  }

  /** The caller's key, or an empty string. */
  public String idempotencyKey() {
    return parameter("idempotency-key").orElse("");
  }

  /** The whole body as a value of {@code type}. */
  public <T> T bodyAs(Class<T> type) {
    return Json.mapper().convertValue(body, type);
  }

  /** Text at a member of the body, or an empty string. */
  public String text(String member) {
    return body.path(member).asText("");
  }
}
