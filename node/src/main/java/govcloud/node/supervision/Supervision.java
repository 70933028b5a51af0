package govcloud.node.supervision;

import govcloud.domain.sharing.Activation;
import govcloud.node.correction.CorrectionRow;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.deferral.NoticeDeferralRow;
import govcloud.node.deferral.NoticeDeferralTable;
import govcloud.node.exchange.ExchangeRow;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.recall.RecallRow;
import govcloud.node.recall.RecallTable;
import govcloud.node.sharing.AgreementRow;
import govcloud.node.sharing.AgreementTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Brings together what supervisors look at, from the read models. */
final class Supervision {

  /** How far back unusual use is looked for. */
  static final Duration WINDOW = Duration.ofDays(7);

  /** Applications in one report; more of them are a problem of their own. */
  private static final int MOST_UNANSWERED = 200;

  private final ExchangeTable exchanges;
  private final AgreementTable agreements;
  private final RecallTable recalls;
  private final NoticeDeferralTable deferrals;
  private final CorrectionTable corrections;
  private final Workers workers;
  private final InstantSource clock;

  Supervision(
      ExchangeTable exchanges,
      AgreementTable agreements,
      RecallTable recalls,
      NoticeDeferralTable deferrals,
      CorrectionTable corrections,
      Workers workers,
      InstantSource clock) {
    this.exchanges = exchanges;
    this.agreements = agreements;
    this.recalls = recalls;
    this.deferrals = deferrals;
    this.corrections = corrections;
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * What there is to see.
   *
   * @param at when it was put together
   * @param from since when unusual use was looked for
   * @param looked in how many exchanges it was looked for
   * @param crossings since the ledger began
   * @param unanswered applications that wait, the silent ones first
   * @param emergencies agreements that are active, then those that wait for a review
   * @param recalls of which somebody has not acknowledged, the newest first
   * @param silent corrections that departments have not answered in time
   * @param deferrals how many notices each department has deferred
   * @param deferred the newest of them
   */
  record Report(
      Instant at,
      Instant from,
      int looked,
      List<Crossing> crossings,
      List<AgreementRow> unanswered,
      List<AgreementRow> emergencies,
      List<RecallRow> recalls,
      List<CorrectionRow> silent,
      List<DeferralCount> deferrals,
      List<NoticeDeferralRow> deferred,
      List<Unusual> unusual) {

    /** Whether the review of an activation is late. */
    boolean isLate(Activation activation) {
      return activation.stage() == Activation.Stage.ENDED
          && activation.reviewDue().filter(due -> at.isAfter(due)).isPresent();
    }
  }

  private record Waiting(
      List<AgreementRow> applications,
      List<AgreementRow> emergencies,
      List<RecallRow> recalls,
      List<CorrectionRow> silent) {}

  private record Deferred(List<DeferralCount> counts, List<NoticeDeferralRow> newest) {}

  CompletionStage<Report> report() {
    var now = clock.instant();
    var from = now.minus(WINDOW);
    var counts = exchanges.counts();
    var waiting = waiting();
    var deferred = deferred();
    return exchanges
        .since(from)
        .thenCompose(rows -> workers.of(rows).thenApply(staff -> new Looked(rows, staff)))
        .thenCompose(
            looked ->
                counts
                    .thenCombine(waiting, Both::new)
                    .thenCombine(
                        deferred,
                        (both, later) ->
                            new Report(
                                now,
                                from,
                                looked.rows().size(),
                                Crossing.of(both.numbers()),
                                both.open().applications(),
                                both.open().emergencies(),
                                both.open().recalls(),
                                both.open().silent(),
                                later.counts(),
                                later.newest(),
                                UnusualUse.of(looked.rows(), looked.workers()))));
  }

  private record Looked(List<ExchangeRow> rows, Map<String, Map<String, Set<String>>> workers) {}

  private record Both(Map<String, Map<String, Long>> numbers, Waiting open) {}

  private CompletionStage<Deferred> deferred() {
    return deferrals
        .counts()
        .thenCombine(
            deferrals.all(PageRequest.first(MOST_UNANSWERED)),
            (numbers, page) -> new Deferred(DeferralCount.of(numbers), page.items()));
  }

  private CompletionStage<Waiting> waiting() {
    var page = PageRequest.first(MOST_UNANSWERED);
    var emergencies = agreements.emergencies(page);
    var wrong =
        recalls
            .open(page)
            .thenCombine(corrections.silent(page), (open, silent) -> new Wrong(open, silent));
    return agreements
        .unanswered(page)
        .thenCompose(
            open ->
                emergencies.thenCombine(
                    wrong,
                    (urgent, all) ->
                        new Waiting(open, urgent, all.open().items(), all.silent().items())));
  }

  private record Wrong(Page<RecallRow> open, Page<CorrectionRow> silent) {}
}
