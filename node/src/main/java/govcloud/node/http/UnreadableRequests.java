package govcloud.node.http;

import govcloud.node.wire.ConnectionLog;
import govcloud.node.wire.HeadFault;
import java.util.Set;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/** Answers bytes that are no HTTP request with a problem too. Named in the server's settings. */
public final class UnreadableRequests extends ParsingErrorHandler {

  /** Where Pekko finds the one instance, as if this were a Scala object. */
  @SuppressWarnings({"checkstyle:ConstantName", "NonFinalStaticField"})
  public static final UnreadableRequests MODULE$ = new UnreadableRequests();

  private static final Set<Integer> UNKNOWN = Set.of(501, 505);

  private static final String NO_TRACE = "0".repeat(32);

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    var found = log instanceof ConnectionLog own ? own.fault() : null;
    var problem =
        found == null
            ? at(Problem.of(BorderCode.REQUEST_MALFORMED, info.summary()), status.intValue())
            : Problem.of(code(found), found.detail());
    if (log instanceof ConnectionLog own) {
      own.unreadable(problem.code(), found == null ? info.summary() : found.name());
    }
    var trace = new TraceContext(NO_TRACE, "0".repeat(16), "00", "");
    return SecurityHeaders.on(Replies.problem(problem, "/", NO_TRACE), trace);
  }

  private static BorderCode code(HeadFault fault) {
    return fault == HeadFault.HEAD_TOO_SLOW
        ? BorderCode.HEAD_TOO_SLOW
        : BorderCode.REQUEST_MALFORMED;
  }

  /**
   * Pekko knows better which 4xx it is: a header too long, a URI too long; or that it is a method
   * or version that nobody here has.
   */
  private static Problem at(Problem problem, int status) {
    return new Problem(
        (status >= 400 && status < 500) || UNKNOWN.contains(status) ? status : problem.status(),
        problem.code(),
        problem.title(),
        problem.detail(),
        problem.errors(),
        problem.facts(),
        problem.headers());
  }
}
