package govcloud.node.supervision;

import govcloud.node.correction.CorrectionRoutes;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.identity.OwnPage;
import govcloud.node.identity.PageGuests;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import govcloud.node.recall.RecallRoutes;
import govcloud.node.sharing.AgreementRow;
import govcloud.node.sharing.AgreementShape;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The supervisors' view of exchanges, for programs and as a page that needs no script. */
final class SupervisionRoutes {

  private static final String OPERATION = "getSupervision";

  private final Supervision supervision;
  private final PageGuests guests;

  SupervisionRoutes(Supervision supervision, PageGuests guests) {
    this.supervision = supervision;
    this.guests = guests;
  }

  void register(Routes routes) {
    routes.on(OPERATION, this::report).on("getSupervisionPage", this::page);
  }

  private CompletionStage<HttpResponse> report(Call call) {
    return supervision.report().thenApply(report -> Replies.ok(shape(report)));
  }

  private CompletionStage<HttpResponse> page(Call call) {
    return HtmlPages.orSignIn(
        call,
        guests
            .looks(call, OwnPage.SUPERVISION)
            .thenCompose(actor -> supervision.report())
            .thenApply(report -> HtmlPages.page(200, html(call).found(report))),
        problem -> html(call).refused(problem.code(), problem.detail()));
  }

  private static SupervisionHtml html(Call call) {
    return new SupervisionHtml(Language.of(call));
  }

  private static Object shape(Supervision.Report report) {
    return new Fields()
        .with("at", report.at())
        .with("crossings", report.crossings().stream().map(SupervisionRoutes::shape).toList())
        .with("unanswered", report.unanswered().stream().map(SupervisionRoutes::shape).toList())
        .with("emergencies", report.emergencies().stream().map(row -> shape(report, row)).toList())
        .with("recalls", report.recalls().stream().map(RecallRoutes::shape).toList())
        .with("corrections", report.silent().stream().map(CorrectionRoutes::shape).toList())
        .with("deferrals", report.deferrals().stream().map(SupervisionRoutes::shape).toList())
        .with("unusual_from", report.from())
        .with("looked_through", report.looked())
        .with("unusual", report.unusual().stream().map(SupervisionRoutes::shape).toList())
        .map();
  }

  private static Object shape(Crossing crossing) {
    return new Fields()
        .with("consumer", crossing.consumer())
        .with("provider", crossing.provider())
        .with("resource", crossing.resource())
        .with("permitted", crossing.permitted())
        .with("refused", crossing.refused())
        .with("refusals", crossing.refusals())
        .map();
  }

  private static Object shape(AgreementRow row) {
    var proposal = row.state().proposal().orElseThrow();
    return new Fields()
        .with("consumer", row.consumer())
        .with("agreement", row.agreement())
        .with("provider", proposal.terms().provider())
        .with("resource", proposal.terms().resource())
        .with("stage", proposal.stage().name().toLowerCase(Locale.ROOT))
        .maybe("due", proposal.due())
        .with("escalated", proposal.escalated())
        .map();
  }

  private static Object shape(Supervision.Report report, AgreementRow row) {
    var terms = row.state().terms().orElseThrow();
    var activation = row.state().activation().orElseThrow();
    return new Fields()
        .with("consumer", row.consumer())
        .with("agreement", row.agreement())
        .with("provider", terms.provider())
        .with("resource", terms.resource())
        .with("activation", AgreementShape.of(activation))
        .with("late", report.isLate(activation))
        .map();
  }

  private static Object shape(DeferralCount count) {
    return new Fields()
        .with("office", count.office())
        .with("proposed", count.proposed())
        .with("granted", count.granted())
        .with("extended", count.extended())
        .with("declined", count.declined())
        .with("released", count.released())
        .map();
  }

  private static Object shape(Unusual unusual) {
    return new Fields()
        .with("kind", unusual.kind().name().toLowerCase(Locale.ROOT))
        .with("office", unusual.office())
        .with("who", unusual.who())
        .with("count", unusual.count())
        .with("limit", unusual.limit())
        .with("from", unusual.from())
        .with("to", unusual.to())
        .with("exchange", unusual.exchange())
        .map();
  }
}
