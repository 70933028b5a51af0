package govcloud.node.identity;

import static govcloud.node.page.HtmlPages.goTo;
import static govcloud.node.page.HtmlPages.page;

import govcloud.node.http.Call;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Sign-in and first visit, for browsers with or without script. */
final class SignInPages {

  private final FormPages pages;
  private final SignIns signIns;
  private final OwnFactors factors;
  private final String cloud;
  private final Optional<String> provider;

  /**
   * The pages.
   *
   * @param cloud its name, for authenticators
   * @param provider name of the identity provider, where there is one
   */
  SignInPages(
      FormPages pages,
      SignIns signIns,
      OwnFactors factors,
      String cloud,
      Optional<String> provider) {
    this.pages = pages;
    this.signIns = signIns;
    this.factors = factors;
    this.cloud = cloud;
    this.provider = provider;
  }

  void register(Routes routes) {
    routes
        .on("getSignInPage", call -> shown(signInHtml(call).signIn("", provider)))
        .on("signIn", call -> signInForm(call, form -> signIn(call, form)))
        .on("signInByPasskey", call -> signInForm(call, form -> signInByPasskey(call, form)))
        .on("getFirstVisitPage", call -> shown(firstVisitHtml(call).firstVisit("", provider)))
        .on(
            "visitFirstByPage",
            call ->
                pages.answer(
                    call,
                    form -> firstVisit(call, form),
                    told ->
                        CompletableFuture.completedStage(
                            firstVisitHtml(call).firstVisit(told, provider))));
  }

  private static CompletionStage<HttpResponse> shown(String html) {
    return CompletableFuture.completedStage(page(200, html));
  }

  private static SignInHtml signInHtml(Call call) {
    return new SignInHtml(Language.of(call), "/sign-in");
  }

  private static SignInHtml firstVisitHtml(Call call) {
    return new SignInHtml(Language.of(call), "/first-visit");
  }

  private CompletionStage<HttpResponse> signInForm(Call call, FormPages.Work work) {
    return pages.answer(
        call,
        work,
        told -> CompletableFuture.completedStage(signInHtml(call).signIn(told, provider)));
  }

  private static SignIns.Attempt attempt(Call call, Form form) {
    return new SignIns.Attempt(
        form.identifier("account"),
        form.text("password"),
        form.text("code").strip(),
        Visit.of(call.request()));
  }

  private CompletionStage<HttpResponse> signIn(Call call, Form form) {
    var attempt = attempt(call, form);
    return attempt.code().isEmpty()
        ? factors
            .challengeForSignIn(attempt)
            .thenApply(
                options ->
                    HtmlPages.scriptedPage(signInHtml(call).passkey(attempt.account(), options)))
        : signIns.signIn(attempt).thenApply(begun -> in(call, begun));
  }

  private static HttpResponse in(Call call, SignIns.Begun begun) {
    return Replies.header(
        goTo("/my-account", call), "Set-Cookie", SessionCookie.header(begun.token()));
  }

  private CompletionStage<HttpResponse> signInByPasskey(Call call, Form form) {
    return factors
        .signIn(attempt(call, form), form.answer("answer"))
        .thenApply(begun -> in(call, begun));
  }

  private CompletionStage<HttpResponse> firstVisit(Call call, Form form) {
    var attempt = attempt(call, form);
    return signIns
        .firstVisit(attempt)
        .thenCompose(
            enrolled ->
                shown(
                    firstVisitHtml(call)
                        .secondFactor(
                            enrolled.totpSecret(),
                            Totp.uri(cloud, attempt.account(), enrolled.totpSecret()))));
  }
}
