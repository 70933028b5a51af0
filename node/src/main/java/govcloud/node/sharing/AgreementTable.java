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
  public CompletionStage<Page<AgreementRow>> late(Instant now, PageRequest page) {
    return before(AgreementView.LIMITS, now, page);
  }

  /** Agreements whose time ended before {@code now}. */
  public CompletionStage<Page<AgreementRow>> over(Instant now, PageRequest page) {
    return before(AgreementView.ENDS, now, page);
  }

  /** Applications that wait for somebody: whose limit passed in silence, then by limit. */
  public CompletionStage<List<AgreementRow>> unanswered(PageRequest page) {
    return both(AgreementView.SILENT, AgreementView.LIMITS, page);
  }

  /** How many applications somebody has let lie past their limit. */
  public CompletionStage<Long> countSilent() {
    return rows.countEntries(List.of(AgreementView.SILENT), SortKey.ascending(null));
  }

  /** Emergency agreements whose activation ended before {@code now}. */
  public CompletionStage<Page<AgreementRow>> lapsed(Instant now, PageRequest page) {
    return before(AgreementView.ACTIVE, now, page);
  }

  /** Emergency agreements that are active, then those to be reviewed, by their limit. */
  public CompletionStage<List<AgreementRow>> emergencies(PageRequest page) {
    return both(AgreementView.ACTIVE, AgreementView.REVIEWS, page);
  }

  /** How many emergency agreements are active. */
  public CompletionStage<Long> countActive() {
    return rows.countEntries(List.of(AgreementView.ACTIVE), SortKey.ascending(null));
  }

  /** How many activations should have been reviewed before {@code now}. */
  public CompletionStage<Long> countUnreviewed(Instant now) {
    return rows.countEntries(List.of(AgreementView.REVIEWS), SortKey.ascending(now));
  }

  private CompletionStage<List<AgreementRow>> both(String first, String second, PageRequest page) {
    return rows.list(first, page)
        .thenCombine(
            rows.list(second, page),
            (one, other) -> Stream.concat(one.items().stream(), other.items().stream()).toList());
  }

  private CompletionStage<Page<AgreementRow>> before(String list, Instant now, PageRequest page) {
    return rows.list(list, Optional.of(SortKey.ascending(now)), row -> true, page);
  }
}
