package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.page.Language;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Sign-in, first visit and my account, for browsers with or without script. */
final class SignInPages {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private final SignIns signIns;
  private final Visitors visitors;
  private final Entities entities;
  private final InstantSource clock;
  private final String cloud;
  private final ClassicActorSystemProvider system;

  SignInPages(
      SignIns signIns,
      Visitors visitors,
      Entities entities,
      InstantSource clock,
      String cloud,
      ClassicActorSystemProvider system) {
    this.signIns = signIns;
    this.visitors = visitors;
    this.entities = entities;
    this.clock = clock;
    this.cloud = cloud;
    this.system = system;
  }

  void register(Routes routes) {
    routes
        .on("getSignInPage", call -> page(200, html(call).signIn("")))
        .on("signIn", call -> answer(call, this::signIn, SignInHtml::signIn))
        .on("getFirstVisitPage", call -> page(200, html(call).firstVisit("")))
        .on("visitFirstByPage", call -> answer(call, this::firstVisit, SignInHtml::firstVisit))
        .on("getMyAccountPage", this::account)
        .on("endSessionByPage", call -> answer(call, this::endSession, SignInHtml::signIn));
  }

  private static Language language(Call call) {
    return Language.choose(
        call.parameter("lang"),
        call.request().getHeader("Accept-Language").map(HttpHeader::value).orElse(""));
  }

  private static SignInHtml html(Call call) {
    return new SignInHtml(language(call));
  }

  /** Reads the form, does it, and shows the page again with what is wrong. */
  private CompletionStage<HttpResponse> answer(
      Call call,
      BiFunction<Call, Form, CompletionStage<HttpResponse>> work,
      BiFunction<SignInHtml, String, String> again) {
    return Form.of(call.request(), system)
        .thenCompose(
            form -> {
              Csrf.checkOrigin(call.request());
              return work.apply(call, form);
            })
        .handle(
            (response, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(response)
                    : again(call, failure, again))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<HttpResponse> again(
      Call call, Throwable failure, BiFunction<SignInHtml, String, String> page) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof ProblemException known)) {
      return CompletableFuture.failedStage(failure);
    }
    Problem problem = known.problem();
    Visit.of(call.request()).refusedFor(problem.code());
    var html = html(call);
    var retry = problem.headers().getOrDefault("Retry-After", "");
    return page(
            problem.status(), page.apply(html, html.told(problem.code(), problem.detail(), retry)))
        .thenApply(
            response ->
                retry.isEmpty() ? response : Replies.header(response, "Retry-After", retry));
  }

  private static CompletionStage<HttpResponse> page(int status, String html) {
    return CompletableFuture.completedStage(
        Replies.header(
            HttpResponse.create().withStatus(status).withEntity(ContentTypes.TEXT_HTML_UTF8, html),
            "Content-Security-Policy",
            POLICY));
  }

  private static HttpResponse goTo(String path, Call call) {
    return Replies.header(
        HttpResponse.create().withStatus(303), "Location", path + "?lang=" + language(call).code());
  }

  private static SignIns.Attempt attempt(Call call, Form form) {
    return new SignIns.Attempt(
        form.identifier("account"),
        form.text("password"),
        form.text("code").strip(),
        Visit.of(call.request()));
  }

  private CompletionStage<HttpResponse> signIn(Call call, Form form) {
    return signIns
        .signIn(attempt(call, form))
        .thenApply(
            begun ->
                Replies.header(
                    goTo("/my-account", call), "Set-Cookie", SessionCookie.header(begun.token())));
  }

  private CompletionStage<HttpResponse> firstVisit(Call call, Form form) {
    var attempt = attempt(call, form);
    return signIns
        .firstVisit(attempt)
        .thenCompose(
            enrolled ->
                page(
                    200,
                    html(call)
                        .secondFactor(
                            enrolled.totpSecret(),
                            Totp.uri(cloud, attempt.account(), enrolled.totpSecret()))));
  }

  private CompletionStage<Optional<Visitor>> visitor(Call call) {
    return SessionCookie.of(call.request())
        .map(visitors::find)
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
  }

  private CompletionStage<HttpResponse> account(Call call) {
    return visitor(call)
        .thenCompose(
            visitor ->
                visitor
                    .map(one -> account(call, one))
                    .orElseGet(() -> CompletableFuture.completedStage(goTo("/sign-in", call))));
  }

  private CompletionStage<HttpResponse> account(Call call, Visitor visitor) {
    var word = Csrf.word(SessionCookie.of(call.request()).orElseThrow());
    return entities
        .<AccountState>read(Visitors.id(visitor.account()))
        .thenCompose(
            answer -> page(200, html(call).account(visitor, rows(answer.state(), visitor), word)));
  }

  private List<SignInHtml.Row> rows(AccountState state, Visitor visitor) {
    return state.sessions().stream()
        .filter(session -> session.isAlive(clock.instant()))
        .map(
            session ->
                new SignInHtml.Row(
                    session.id(),
                    session.source(),
                    session.startedAt(),
                    session.endsAt(),
                    visitor.session().filter(session.id()::equals).isPresent()))
        .toList();
  }

  private CompletionStage<HttpResponse> endSession(Call call, Form form) {
    return visitor(call)
        .thenCompose(
            visitor ->
                visitor
                    .map(one -> endSession(call, form, one))
                    .orElseGet(() -> CompletableFuture.completedStage(goTo("/sign-in", call))));
  }

  private CompletionStage<HttpResponse> endSession(Call call, Form form, Visitor visitor) {
    var token = SessionCookie.of(call.request()).orElseThrow();
    Csrf.check(call.request(), token, form.text("csrf"));
    var session = form.identifier("session");
    var own =
        session.equals(AccountCommand.EndSession.ALL)
            || visitor.session().filter(session::equals).isPresent();
    return entities
        .ask(
            Visitors.id(visitor.account()),
            Request.of(
                    new AccountCommand.EndSession(session),
                    new Actor(visitor.account(), Roles.SELF))
                .tracedBy(call.traceId()))
        .thenApply(
            ended ->
                own
                    ? Replies.header(goTo("/sign-in", call), "Set-Cookie", SessionCookie.gone())
                    : goTo("/my-account", call));
  }
}
