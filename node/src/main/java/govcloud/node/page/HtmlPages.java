package govcloud.node.page;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Failures;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import govcloud.node.http.Visit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How pages are answered that run no script and are in nobody's frame. */
public final class HtmlPages {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private HtmlPages() {}

  /** A page. */
  public static HttpResponse page(int status, String html) {
    return page(status, html, POLICY);
  }

  /** A page that may run scripts of this site. */
  public static HttpResponse scriptedPage(String html) {
    return page(200, html, POLICY + "; script-src 'self'");
  }

  private static HttpResponse page(int status, String html, String policy) {
    return Replies.header(
        HttpResponse.create().withStatus(status).withEntity(ContentTypes.TEXT_HTML_UTF8, html),
        "Content-Security-Policy",
        policy);
  }

  /** Leads the browser to another page, in the same language. */
  public static HttpResponse goTo(String path, Call call) {
    return Replies.header(
        HttpResponse.create().withStatus(303),
        "Location",
        path + "?lang=" + Language.of(call).code());
  }

  /** What was done, or a page that tells the problem, which is in the trail as well. */
  public static CompletionStage<HttpResponse> orTold(
      Call call,
      CompletionStage<HttpResponse> done,
      Function<Problem, CompletionStage<HttpResponse>> told) {
    return done.handle(
            (response, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(response)
                    : told(call, failure, told))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<HttpResponse> told(
      Call call, Throwable failure, Function<Problem, CompletionStage<HttpResponse>> told) {
    if (!(Failures.cause(failure) instanceof ProblemException known)) {
      return CompletableFuture.failedStage(failure);
    }
    Visit.of(call.request()).refusedFor(known.problem().code());
    return told.apply(known.problem());
  }

  /** The same; whoever has not signed in is led to where that is done. */
  public static CompletionStage<HttpResponse> orSignIn(
      Call call, CompletionStage<HttpResponse> done, Function<Problem, String> told) {
    return orTold(
        call,
        done,
        problem ->
            CompletableFuture.completedStage(
                problem.status() == BorderCode.TOKEN_NEEDED.status()
                    ? goTo("/sign-in", call)
                    : page(problem.status(), told.apply(problem))));
  }
}
