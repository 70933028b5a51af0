package govcloud.node.http;

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

  private static final String NO_TRACE = "0".repeat(32);

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    var problem = Problem.of(BorderCode.REQUEST_MALFORMED, info.summary());
    var trace = new TraceContext(NO_TRACE, "0".repeat(16), "00", "");
    return SecurityHeaders.on(
        Replies.problem(at(problem, status.intValue()), "/", NO_TRACE), trace);
  }

  /** Pekko knows better which 4xx it is: a header too long, a URI too long. */
  private static Problem at(Problem problem, int status) {
    return new Problem(
        status >= 400 && status < 500 ? status : problem.status(),
        problem.code(),
        problem.title(),
        problem.detail(),
        problem.errors(),
        problem.facts(),
        problem.headers());
  }
}
