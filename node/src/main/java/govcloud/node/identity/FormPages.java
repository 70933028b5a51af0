package govcloud.node.identity;

import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import govcloud.node.http.Visit;
import govcloud.node.page.Language;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * How pages with forms are answered: a page, the next page, or the same again with what is wrong.
 */
public final class FormPages {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private final Visitors visitors;
  private final ClassicActorSystemProvider system;

  FormPages(Visitors visitors, ClassicActorSystemProvider system) {
    this.visitors = visitors;
    this.system = system;
  }

  /** Does what a form asks for. */
  interface Work {
    CompletionStage<HttpResponse> of(Form form);
  }

  /** A page with what was wrong. */
  interface Again {
    CompletionStage<String> html(String problem);
  }

  /** The language in which somebody wants to read. */
  public static Language language(Call call) {
    return Language.choose(
        call.parameter("lang"),
        call.request().getHeader("Accept-Language").map(HttpHeader::value).orElse(""));
  }

  /** A page that runs no script and is in nobody's frame. */
  public static HttpResponse page(int status, String html) {
    return page(status, html, POLICY);
  }

  /** A page whose form an authenticator answers, by a script of ours. */
  static HttpResponse passkeyPage(String html) {
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
        HttpResponse.create().withStatus(303), "Location", path + "?lang=" + language(call).code());
  }

  /** Reads the form, does it, and shows a page again with what is wrong. */
  CompletionStage<HttpResponse> answer(Call call, Work work, Again again) {
    return Form.of(call.request(), system)
        .thenCompose(
            form -> {
              Csrf.checkOrigin(call.request());
              return work.of(form);
            })
        .handle(
            (response, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(response)
                    : again(call, failure, again))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<HttpResponse> again(Call call, Throwable failure, Again again) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof ProblemException known)) {
      return CompletableFuture.failedStage(failure);
    }
    Problem problem = known.problem();
    Visit.of(call.request()).refusedFor(problem.code());
    var retry = problem.headers().getOrDefault("Retry-After", "");
    var told = new FormHtml(language(call), "").told(problem.code(), problem.detail(), retry);
    return again
        .html(told)
        .thenApply(
            html -> {
              var response = page(problem.status(), html);
              return retry.isEmpty() ? response : Replies.header(response, "Retry-After", retry);
            });
  }

  /** Whoever has signed in, by the cookie; everybody else is sent to sign in. */
  CompletionStage<HttpResponse> signedIn(
      Call call, Function<Visitor, CompletionStage<HttpResponse>> work) {
    return SessionCookie.of(call.request())
        .map(visitors::find)
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
        .thenCompose(
            visitor ->
                visitor
                    .map(work)
                    .orElseGet(() -> CompletableFuture.completedStage(goTo("/sign-in", call))));
  }
}
