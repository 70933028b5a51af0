package govcloud.node.approval;

import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Failures;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.identity.OwnPage;
import govcloud.node.identity.PageGuests;
import govcloud.node.operation.OperationRow;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Dangerous commands that wait, and the page on which one is signed. */
final class ApprovalPage {

  private final Approvals approvals;
  private final Supplier<CompletionStage<List<OperationRow>>> waiting;
  private final PageGuests guests;

  /**
   * Pages.
   *
   * @param waiting operations that wait for people, of every kind
   */
  ApprovalPage(
      Approvals approvals,
      Supplier<CompletionStage<List<OperationRow>>> waiting,
      PageGuests guests) {
    this.approvals = approvals;
    this.waiting = waiting;
    this.guests = guests;
  }

  void register(Routes routes) {
    routes
        .on("getApprovalsPage", call -> orRefused(call, list(call)))
        .on("getApprovalPage", call -> orRefused(call, look(call)))
        .on("signApprovalByPage", call -> orRefused(call, sign(call)));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return guests
        .looks(call, OwnPage.APPROVALS)
        .thenCompose(actor -> waiting.get())
        .thenApply(
            rows ->
                rows.stream().filter(row -> DangerousCommand.of(row.kind()).isPresent()).toList())
        .thenApply(rows -> HtmlPages.page(200, html(call, ApprovalHtml.PATH).list(rows)));
  }

  private CompletionStage<HttpResponse> look(Call call) {
    return guests
        .looks(call, "getApproval")
        .thenCompose(
            actor ->
                approvals
                    .read(call.path("operation"))
                    .thenCompose(approval -> shown(call, approval, actor)));
  }

  /** With what the browser is asked to sign, where this person may sign it. */
  private CompletionStage<HttpResponse> shown(Call call, Approvals.Approval approval, Actor actor) {
    var html = html(call, approval);
    if (!approval.isAwaited()
        || !approval.command().roles().contains(actor.role())
        || approval.state().isSignedBy(actor.person())) {
      return CompletableFuture.completedStage(
          HtmlPages.page(200, html.shown(approval, actor, PageGuests.word(call))));
    }
    return approvals
        .options(approval, actor)
        .<Optional<String>>thenApply(Optional::of)
        .exceptionally(ApprovalPage::withoutPasskey)
        .thenApply(
            options ->
                options
                    .map(
                        asked ->
                            HtmlPages.scriptedPage(
                                html.toSign(approval, asked, PageGuests.word(call))))
                    .orElseGet(() -> HtmlPages.page(200, html.withoutPasskey(approval))));
  }

  private static Optional<String> withoutPasskey(Throwable failure) {
    if (Failures.cause(failure) instanceof ProblemException known
        && known.problem().code().equals(BorderCode.PASSKEY_NEEDED.name())) {
      return Optional.empty();
    }
    throw new CompletionException(failure);
  }

  private CompletionStage<HttpResponse> sign(Call call) {
    var operation = call.path("operation");
    return guests
        .presses(call, "signApproval")
        .thenCompose(
            pressed ->
                approvals.sign(
                    operation, pressed.actor(), pressed.text("answer"), Visit.of(call.request())))
        .thenApply(approval -> HtmlPages.goTo(ApprovalHtml.path(operation), call));
  }

  private static CompletionStage<HttpResponse> orRefused(
      Call call, CompletionStage<HttpResponse> done) {
    return HtmlPages.orSignIn(
        call,
        done,
        problem -> html(call, ApprovalHtml.PATH).refused(problem.code(), problem.detail()));
  }

  private static ApprovalHtml html(Call call, Approvals.Approval approval) {
    return html(call, ApprovalHtml.path(approval.operation()));
  }

  private static ApprovalHtml html(Call call, String path) {
    return new ApprovalHtml(Language.of(call), path);
  }
}
