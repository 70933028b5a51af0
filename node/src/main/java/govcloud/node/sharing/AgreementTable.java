package govcloud.node.sharing;

import govcloud.domain.sharing.AgreementState.Status;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Agreements as the read model has them. */
public final class AgreementTable {

  private final ViewTable<AgreementRow> rows;

  public AgreementTable(ViewTable<AgreementRow> rows) {
    this.rows = rows;
  }

  /** Agreements to which a department is a party, newest first, of one status if given. */
  public CompletionStage<Page<AgreementRow>> of(
      String department, Optional<Status> status, PageRequest page) {
    return rows.list(
        AgreementView.ofParty(department),
        Optional.empty(),
        row -> status.isEmpty() || row.state().status() == status.get(),
        page);
  }

  /** Agreements of the cloud, newest first, of one status if given. */
  public CompletionStage<Page<AgreementRow>> all(Optional<Status> status, PageRequest page) {
    return rows.list(status.map(AgreementView::ofStatus).orElse(AgreementView.ALL), page);
  }

  /** Applications whose limit lies before {@code now} and of which nobody was told. */
  CompletionStage<Page<AgreementRow>> late(Instant now, PageRequest page) {
    return before(AgreementView.LIMITS, now, page);
  }

  /** Agreements whose time ended before {@code now}. */
  CompletionStage<Page<AgreementRow>> over(Instant now, PageRequest page) {
    return before(AgreementView.ENDS, now, page);
  }

  /** Applications that wait for somebody: whose limit passed in silence, then by limit. */
  public CompletionStage<List<AgreementRow>> unanswered(PageRequest page) {
    return rows.list(AgreementView.SILENT, page)
        .thenCombine(
            rows.list(AgreementView.LIMITS, page),
            (silent, waiting) ->
                Stream.concat(silent.items().stream(), waiting.items().stream()).toList());
  }

  /** How many applications somebody has let lie past their limit. */
  public CompletionStage<Long> countSilent() {
    return rows.countEntries(List.of(AgreementView.SILENT), SortKey.ascending(null));
  }

  private CompletionStage<Page<AgreementRow>> before(String list, Instant now, PageRequest page) {
    return rows.list(list, Optional.of(SortKey.ascending(now)), row -> true, page);
  }
}
