package govcloud.node.identity;

import static govcloud.node.page.HtmlPages.goTo;
import static govcloud.node.page.HtmlPages.page;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Call;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** One's own account: sessions, second factors, password. */
final class MyAccountPages {

  private static final String PATH = "/my-account";

  private final FormPages pages;
  private final OwnFactors factors;
  private final Permissions permissions;
  private final Entities entities;
  private final InstantSource clock;

  MyAccountPages(
      FormPages pages,
      OwnFactors factors,
      Permissions permissions,
      Entities entities,
      InstantSource clock) {
    this.pages = pages;
    this.factors = factors;
    this.permissions = permissions;
    this.entities = entities;
    this.clock = clock;
  }

  void register(Routes routes) {
    routes
        .on(
            "getMyAccountPage",
            call ->
                pages.signedIn(
                    call, visitor -> html(call, visitor, "").thenApply(html -> page(200, html))))
        .on("endSessionByPage", call -> own(call, this::endSession))
        .on("beginPasskey", call -> own(call, this::beginPasskey))
        .on("addPasskey", call -> own(call, this::addPasskey))
        .on("removeSecondFactor", call -> own(call, this::removeSecondFactor))
        .on("changePassword", call -> own(call, this::changePassword));
  }

  private interface Step {
    CompletionStage<HttpResponse> of(Call call, Form form, Visitor visitor);
  }

  /** Somebody's own form, which must be one of our pages. */
  private CompletionStage<HttpResponse> own(Call call, Step step) {
    return pages.signedIn(
        call,
        visitor ->
            pages.answer(
                call,
                form -> {
                  Csrf.check(call.request(), token(call), form.text("csrf"));
                  return step.of(call, form, visitor);
                },
                told -> html(call, visitor, told)));
  }

  private static String token(Call call) {
    return SessionCookie.of(call.request()).orElseThrow();
  }

  private static MyAccountHtml html(Call call) {
    return new MyAccountHtml(Language.of(call), Csrf.word(token(call)));
  }

  private CompletionStage<String> html(Call call, Visitor visitor, String told) {
    return entities
        .<AccountState>read(Visitors.id(visitor.account()))
        .thenApply(
            answer ->
                html(call)
                    .account(
                        visitor.account(),
                        answer.state(),
                        OwnPage.of(answer.state(), permissions),
                        rows(answer.state(), visitor),
                        told));
  }

  private List<MyAccountHtml.Row> rows(AccountState state, Visitor visitor) {
    return state.sessions().stream()
        .filter(session -> session.isAlive(clock.instant()))
        .map(
            session ->
                new MyAccountHtml.Row(
                    session.id(),
                    session.source(),
                    session.startedAt(),
                    session.endsAt(),
                    visitor.session().filter(session.id()::equals).isPresent()))
        .toList();
  }

  private CompletionStage<HttpResponse> endSession(Call call, Form form, Visitor visitor) {
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
                    : goTo(PATH, call));
  }

  private static OwnFactors.Wish wish(Call call, Form form, Visitor visitor) {
    return new OwnFactors.Wish(
        visitor.account(),
        visitor.session().orElse(""),
        form.text("password"),
        Visit.of(call.request()));
  }

  private CompletionStage<HttpResponse> beginPasskey(Call call, Form form, Visitor visitor) {
    return factors
        .challengeForRegistration(wish(call, form, visitor))
        .thenApply(
            options ->
                HtmlPages.scriptedPage(html(call).newPasskey(form.text("name").strip(), options)));
  }

  private CompletionStage<HttpResponse> addPasskey(Call call, Form form, Visitor visitor) {
    return factors
        .add(wish(call, form, visitor), form.text("name"), form.answer("answer"))
        .thenApply(state -> goTo(PATH, call));
  }

  private CompletionStage<HttpResponse> removeSecondFactor(Call call, Form form, Visitor visitor) {
    return factors
        .remove(wish(call, form, visitor), form.answer("factor"))
        .thenApply(state -> goTo(PATH, call));
  }

  private CompletionStage<HttpResponse> changePassword(Call call, Form form, Visitor visitor) {
    return factors
        .changePassword(wish(call, form, visitor), form.text("next"))
        .thenApply(state -> goTo(PATH, call));
  }
}
