package govcloud.node.supervision;

import govcloud.node.exchange.ExchangeTable;
import govcloud.node.projection.PageRequest;
import govcloud.node.sharing.AgreementRow;
import govcloud.node.sharing.AgreementTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Brings together what supervisors look at, from the read models. */
final class Supervision {

  /** How far back unusual use is looked for. */
  static final Duration WINDOW = Duration.ofDays(7);

  /** Applications in one report; more of them are a problem of their own. */
  private static final int MOST_UNANSWERED = 200;

  private final ExchangeTable exchanges;
  private final AgreementTable agreements;
  private final InstantSource clock;

  Supervision(ExchangeTable exchanges, AgreementTable agreements, InstantSource clock) {
    this.exchanges = exchanges;
    this.agreements = agreements;
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
   */
  record Report(
      Instant at,
      Instant from,
      int looked,
      List<Crossing> crossings,
      List<AgreementRow> unanswered,
      List<Unusual> unusual) {}

  CompletionStage<Report> report() {
    var now = clock.instant();
    var from = now.minus(WINDOW);
    var counts = exchanges.counts();
    var open = agreements.unanswered(PageRequest.first(MOST_UNANSWERED));
    return exchanges
        .since(from)
        .thenCompose(
            rows ->
                counts.thenCombine(
                    open,
                    (numbers, unanswered) ->
                        new Report(
                            now,
                            from,
                            rows.size(),
                            Crossing.of(numbers),
                            unanswered,
                            UnusualUse.of(rows))));
  }
}
