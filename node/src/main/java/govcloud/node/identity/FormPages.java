package govcloud.node.identity;

import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How forms of pages are answered: the next page, or the same again with what is wrong. */
final class FormPages {

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

  /** Reads the form, does it, and shows a page again with what is wrong. */
  CompletionStage<HttpResponse> answer(Call call, Work work, Again again) {
    return HtmlPages.orTold(
        call,
        Form.of(call.request(), system)
            .thenCompose(
                form -> {
                  Csrf.checkOrigin(call.request());
                  return work.of(form);
                }),
        problem -> again(Language.of(call), problem, again));
  }

  /** A page again, with what was wrong. */
  static CompletionStage<HttpResponse> again(Language language, Problem problem, Again again) {
    var retry = problem.headers().getOrDefault("Retry-After", "");
    var told = new FormHtml(language, "").told(problem.code(), problem.detail(), retry);
    return again
        .html(told)
        .thenApply(
            html -> {
              var response = HtmlPages.page(problem.status(), html);
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
                    .orElseGet(
                        () -> CompletableFuture.completedStage(HtmlPages.goTo("/sign-in", call))));
  }
}
