package govcloud.node.http;

import govcloud.domain.Actor;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * What becomes known about a request on its way, for the audit trail. It travels with the request;
 * whoever finds something out notes it here, one after the other.
 */
public final class Visit {

  private static final AttributeKey<Visit> KEY = AttributeKey.create("visit", Visit.class);

  private final String path;
  private final String source;
  private final String traceId;
  private volatile String operation = "";
  private volatile String tenant = "";
  private volatile Actor actor = new Actor("", "");
  private volatile String code = "";
  private volatile boolean admitted;
  private volatile Supplier<CompletionStage<?>> again;

  private Visit(String path, String source, String traceId) {
    this.path = path;
    this.source = source;
    this.traceId = traceId;
  }

  /** The request with a new visit of its own. */
  static HttpRequest begin(HttpRequest request, String path, String traceId) {
    return request.addAttribute(KEY, new Visit(path, sourceOf(request), traceId));
  }

  /** The visit of a request that has come over the border. */
  public static Visit of(HttpRequest request) {
    return request
        .getAttribute(KEY)
        .orElseThrow(() -> new IllegalStateException("request: without visit (expected: one)"));
  }

  /** The address that the line has; headers that anybody can write are not looked at. */
  private static String sourceOf(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .map(address -> address.getHostAddress())
        .orElse("unknown");
  }

  /** What is asked for, and in which department. */
  void asks(String operationId, Optional<String> department) {
    operation = operationId;
    tenant = department.orElse("");
  }

  /** Who it is, or says to be where nobody has let him in. */
  public void isBy(Actor who) {
    actor = who;
  }

  /** Why it is refused, where that is more than the caller is told; the first reason stays. */
  public void refusedFor(String reason) {
    if (code.isEmpty()) {
      code = reason;
    }
  }

  /**
   * Who has to be asked again while the answer goes on, where the endpoint itself has let somebody
   * in: fails with a {@link ProblemException} when that one may not any more.
   */
  public void stands(Supplier<CompletionStage<?>> door) {
    again = door;
  }

  /** As {@link #stands} has said; none: nobody. */
  Optional<Supplier<CompletionStage<?>>> again() {
    return Optional.ofNullable(again);
  }

  /** The border has let it through to its endpoint. */
  void admit() {
    admitted = true;
  }

  /** The path that was asked, as it came. */
  public String path() {
    return path;
  }

  /** The address from which it came. */
  public String source() {
    return source;
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return traceId;
  }

  /** The operation of the contract; empty: none, or not known yet. */
  public String operation() {
    return operation;
  }

  /** The department in the path; or empty. */
  public String tenant() {
    return tenant;
  }

  /** Who acts; without name while nobody knows. */
  public Actor actor() {
    return actor;
  }

  /** Why it was refused; or empty. */
  public String code() {
    return code;
  }

  /** Whether it came as far as its endpoint. */
  public boolean admitted() {
    return admitted;
  }
}
