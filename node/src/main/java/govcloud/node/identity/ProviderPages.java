package govcloud.node.identity;

import static govcloud.node.page.HtmlPages.page;

import govcloud.domain.identity.AccountCommand.ProviderAnswer;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Sign-in and first visit through an identity provider, for browsers with or without script. Both
 * ways lead over a page that the browser leaves by itself: a form may not be led to another site,
 * and a browser that comes from one does not show the session's cookie.
 */
final class ProviderPages {

  private final Optional<IdentityProvider> provider;
  private final FormPages pages;
  private final SignIns signIns;
  private final SignInThreads threads;
  private final Chance chance;

  /**
   * The pages.
   *
   * @param threads that wait for the provider
   */
  ProviderPages(
      Optional<IdentityProvider> provider,
      FormPages pages,
      SignIns signIns,
      SignInThreads threads,
      Chance chance) {
    this.provider = provider;
    this.pages = pages;
    this.signIns = signIns;
    this.threads = threads;
    this.chance = chance;
  }

  void register(Routes routes) {
    routes
        .on(
            "signInAtProvider",
            call ->
                pages.answer(
                    call,
                    form -> leave(call, form, ""),
                    told -> shown(html(call).signIn(told, name()))))
        .on(
            "visitFirstAtProvider",
            call ->
                pages.answer(
                    call,
                    form -> leave(call, form, SignIns.codeHash(form.text("code")).value()),
                    told -> shown(html(call).firstVisit(told, name()))))
        .on("returnFromProvider", this::comeBack);
  }

  private Optional<String> name() {
    return provider.map(IdentityProvider::name);
  }

  private static CompletionStage<String> shown(String html) {
    return CompletableFuture.completedStage(html);
  }

  private static SignInHtml html(Call call) {
    return new SignInHtml(Language.of(call), "/sign-in");
  }

  private IdentityProvider there() {
    return provider.orElseThrow(
        () ->
            Problem.of(
                    BorderCode.NOT_FOUND,
                    "identity provider: none (expected: govcloud.identity.provider)")
                .asException());
  }

  private CompletionStage<HttpResponse> leave(Call call, Form form, String codeHash) {
    var to = there();
    var account = form.identifier("account");
    signIns.limit(Visit.of(call.request()).source());
    var journey = ProviderJourney.begin(account, codeHash, chance, Language.of(call).code());
    return threads
        .run(() -> to.way(journey))
        .thenApply(
            way -> {
              var say = Language.of(call);
              var title = say.of("前往" + to.name(), "On to " + to.name());
              var html = html(call).onward(title, way.toString(), say.of("继续", "Go on"));
              return Replies.header(onward(html, way.toString()), "Set-Cookie", journey.header());
            });
  }

  private static HttpResponse onward(String html, String to) {
    return Replies.header(page(200, html), "Refresh", "0; url=" + to);
  }

  private CompletionStage<HttpResponse> comeBack(Call call) {
    var journey = ProviderJourney.of(call.request());
    var language =
        journey
            .map(one -> Language.choose(Optional.of(one.language()), ""))
            .orElse(Language.of(call));
    var html = new SignInHtml(language, "/sign-in");
    return HtmlPages.orTold(
            call,
            begun(call, journey).thenApply(begun -> in(html, language, begun)),
            problem -> FormPages.again(language, problem, told -> shown(html.signIn(told, name()))))
        .thenApply(response -> Replies.header(response, "Set-Cookie", ProviderJourney.gone()));
  }

  private static HttpResponse in(SignInHtml html, Language language, SignIns.Begun begun) {
    var to = html.inLanguage("/my-account");
    var text = html.onward(language.of("登录成功", "Signed in"), to, language.of("我的账号", "My account"));
    return Replies.header(onward(text, to), "Set-Cookie", SessionCookie.header(begun.token()));
  }

  private CompletionStage<SignIns.Begun> begun(Call call, Optional<ProviderJourney> journey) {
    try {
      var from = there();
      var visit = Visit.of(call.request());
      signIns.limit(visit.source());
      var query = call.request().getUri().query().toMultiMap();
      var state = query.getOrDefault("state", List.of(""));
      var own = journey.filter(one -> one.isOf(state.get(0))).orElseThrow(() -> lost(visit));
      var attempt = new SignIns.Attempt(own.account(), "", "", visit);
      return threads
          .run(() -> from.answer(own, query))
          .thenCompose(answer -> enter(own, answer, attempt));
    } catch (ProblemException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<SignIns.Begun> enter(
      ProviderJourney journey, ProviderAnswer answer, SignIns.Attempt attempt) {
    return journey.isFirstVisit()
        ? signIns
            .firstVisit(journey.codeHash(), answer, attempt)
            .thenCompose(linked -> signIns.signIn(answer, attempt))
        : signIns.signIn(answer, attempt);
  }

  /** Another browser, another journey, or one that took too long: nobody's in particular. */
  private static RuntimeException lost(Visit visit) {
    visit.refusedFor("PROVIDER_STATE_WRONG");
    return Problem.of(
            BorderCode.PROVIDER_SIGN_IN_REFUSED,
            "state: not of this browser, or older than "
                + ProviderJourney.LIFE.toMinutes()
                + " min (expected: to begin again)")
        .asException();
  }
}
