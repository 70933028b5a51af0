package govcloud.node.http;

import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why a request gets no better answer: the body of an RFC 9457 problem, and headers that belong to
 * it. Statuses of refusals are decided here and nowhere else.
 *
 * @param status HTTP status
 * @param code stable, for programs
 * @param title the same for every problem with this code
 * @param detail for people; names the value and the expectation
 * @param errors places in the body that are wrong
 * @param facts further members of the problem
 * @param headers of the answer
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    List<Located> errors,
    Map<String, Object> facts,
    Map<String, String> headers) {

  private static final int UNAVAILABLE = 503;
  private static final String USUAL_PAUSE = "60";

  /** Codes of refusals whose status differs from that of their kind. */
  private static final Map<String, Integer> SPECIAL =
      Map.of("VERSION_MISMATCH", 412, "EXCHANGE_PROVIDER_AWAY", UNAVAILABLE);

  /** One wrong place. */
  public record Located(String pointer, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
    facts = Map.copyOf(facts);
    headers = Map.copyOf(headers);
  }

  /** A problem of the border itself. */
  public static Problem of(BorderCode code, String detail) {
    return new Problem(
        code.status(), code.name(), code.title(), detail, List.of(), Map.of(), Map.of());
  }

  /** A refusal of the domain. */
  public static Problem of(Refusal refusal) {
    var status = SPECIAL.getOrDefault(refusal.code(), status(refusal.kind()));
    var facts = new LinkedHashMap<String, Object>(refusal.details());
    RESERVED.forEach(facts::remove);
    return new Problem(
        status,
        refusal.code(),
        sentence(refusal.code()),
        refusal.message(),
        List.of(),
        facts,
        headers(refusal, status));
  }

  private static Map<String, String> headers(Refusal refusal, int status) {
    if (refusal.kind() == RefusalCode.Kind.QUOTA || status == UNAVAILABLE) {
      return Map.of("Retry-After", refusal.details().getOrDefault("retry_after", USUAL_PAUSE));
    }
    // No redirect: what changes something is sent elsewhere by whoever has read why.
    var address = refusal.details().get("address");
    return refusal.code().equals("SITE_FENCED") && address != null
        ? Map.of("Link", "<" + address + ">; rel=\"alternate\"")
        : Map.of();
  }

  private static final List<String> RESERVED =
      List.of("type", "title", "status", "code", "detail", "instance", "trace_id", "errors");

  private static int status(RefusalCode.Kind kind) {
    return switch (kind) {
      case INVALID -> 422;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case FORBIDDEN -> 403;
      case QUOTA -> 429;
    };
  }

  private static String sentence(String code) {
    var words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The same problem with wrong places. */
  public Problem at(List<Located> places) {
    return new Problem(status, code, title, detail, places, facts, headers);
  }

  /** The same problem with one more fact. */
  public Problem with(String name, Object value) {
    var more = new LinkedHashMap<>(facts);
    more.put(name, value);
    return new Problem(status, code, title, detail, errors, more, headers);
  }

  /** The same problem with one more header. */
  public Problem header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, code, title, detail, errors, facts, more);
  }

  /** The body for a request to {@code instance} under {@code traceId}. */
  public Map<String, Object> body(String instance, String traceId) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
    body.put("title", title);
    body.put("status", status);
    body.put("code", code);
    body.put("detail", detail);
    body.put("instance", instance);
    body.put("trace_id", traceId);
    body.put("errors", errors);
    body.putAll(facts);
    return body;
  }

  /** Carries the problem to where the answer is made. */
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
