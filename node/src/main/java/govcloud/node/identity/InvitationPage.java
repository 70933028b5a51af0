package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Credentials;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Routes;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** People who were invited and have not come in yet: who, until when, another code, or none. */
final class InvitationPage {

  /** So many are shown at once, by name. */
  private static final int MOST = 100;

  private static final String REASON = "invitation withdrawn";

  /** Finds people who were invited; what it finds may be a moment old. */
  interface Invited {
    CompletionStage<Page<String>> list(PageRequest page);
  }

  /**
   * An open invitation.
   *
   * @param version of the account, so that a page from before decides on nothing that has changed
   */
  record Row(
      String account,
      String name,
      Optional<String> tenant,
      List<String> roles,
      Instant expiresAt,
      long version) {}

  private final Invited invited;
  private final Entities entities;
  private final Chance chance;
  private final PageGuests guests;

  InvitationPage(Invited invited, Entities entities, Chance chance, PageGuests guests) {
    this.invited = invited;
    this.entities = entities;
    this.chance = chance;
    this.guests = guests;
  }

  void register(Routes routes) {
    routes
        .on("getInvitationsPage", call -> orRefused(call, look(call)))
        .on("renewInvitationByPage", call -> orRefused(call, renew(call)))
        .on("withdrawInvitationByPage", call -> orRefused(call, withdraw(call)));
  }

  private CompletionStage<HttpResponse> look(Call call) {
    return guests
        .looks(call, OwnPage.INVITATIONS)
        .thenCompose(actor -> rows(actor, new PageRequest(MOST, call.parameter("page_token"))))
        .thenApply(rows -> HtmlPages.page(200, html(call).list(rows)));
  }

  /** As the accounts themselves are now, without one's own. */
  private CompletionStage<Page<Row>> rows(Actor actor, PageRequest page) {
    return invited
        .list(page)
        .thenCompose(
            names ->
                rows(names.items())
                    .thenApply(rows -> new Page<>(without(actor, rows), names.nextPageToken())));
  }

  private CompletionStage<List<Row>> rows(List<String> names) {
    CompletionStage<List<Row>> all = CompletableFuture.completedStage(List.of());
    for (var name : names) {
      all = all.thenCombine(row(name), InvitationPage::with);
    }
    return all;
  }

  private static List<Row> without(Actor actor, List<Row> rows) {
    return rows.stream().filter(row -> !row.account().equals(actor.person())).toList();
  }

  private static List<Row> with(List<Row> rows, Optional<Row> next) {
    return Stream.concat(rows.stream(), next.stream()).toList();
  }

  private CompletionStage<Optional<Row>> row(String account) {
    return entities
        .<AccountState>read(Visitors.id(account))
        .thenApply(answer -> row(account, answer));
  }

  private static Optional<Row> row(String account, Answer<AccountState> answer) {
    var state = answer.state();
    return state.status() == AccountState.Status.INVITED
        ? state
            .credentials()
            .invitation()
            .map(Credentials.OneTime::expiresAt)
            .map(
                until ->
                    new Row(
                        account,
                        state.name(),
                        state.tenant(),
                        state.roles(),
                        until,
                        answer.version()))
        : Optional.empty();
  }

  private CompletionStage<HttpResponse> renew(Call call) {
    var account = call.path("account");
    var code = chance.code();
    var renewal = new AccountCommand.RenewInvitation(SignIns.codeHash(code));
    return guests
        .presses(call, "renewInvitation")
        .thenCompose(
            pressed ->
                new Deciders(entities)
                    .as(pressed.actor(), account, renewal)
                    .thenCompose(asked -> ask(call, pressed, asked)))
        .thenApply(
            answer ->
                HtmlPages.page(
                    200, html(call).code(account, code, answer.at().plus(Account.CODE_LIFE))));
  }

  private CompletionStage<HttpResponse> withdraw(Call call) {
    return guests
        .presses(call, "suspendAccount")
        .thenCompose(
            pressed ->
                new Deciders(entities)
                    .as(pressed.actor(), call.path("account"), new AccountCommand.Suspend(REASON))
                    .thenCompose(asked -> ask(call, pressed, asked)))
        .thenApply(answer -> HtmlPages.goTo(InvitationHtml.PATH, call));
  }

  private CompletionStage<Answer<AccountState>> ask(
      Call call, PageGuests.Pressed pressed, AccountCommand command) {
    var version = pressed.text("version");
    return entities
        .<AccountState>ask(
            Deciders.id(call.path("account"), pressed.actor()),
            Request.of(command, pressed.actor())
                .expecting(version.matches("[0-9]{1,18}") ? Long.parseLong(version) : 0)
                .tracedBy(call.traceId()))
        .thenApply(Commands::accepted);
  }

  private static CompletionStage<HttpResponse> orRefused(
      Call call, CompletionStage<HttpResponse> done) {
    return HtmlPages.orSignIn(
        call, done, problem -> html(call).refused(problem.code(), problem.detail()));
  }

  private static InvitationHtml html(Call call) {
    return new InvitationHtml(Language.of(call), PageGuests.word(call));
  }
}
