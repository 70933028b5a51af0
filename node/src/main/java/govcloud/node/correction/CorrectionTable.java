package govcloud.node.correction;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Requests for corrections as the read model has them. */
public final class CorrectionTable {

  private final ViewTable<CorrectionRow> rows;

  public CorrectionTable(ViewTable<CorrectionRow> rows) {
    this.rows = rows;
  }

  /** Those that a department has to answer or has answered, by limit. */
  CompletionStage<Page<CorrectionRow>> answeredBy(String provider, PageRequest page) {
    return rows.list(CorrectionView.answeredBy(provider), page);
  }

  /** Those that a department has asked for, by limit. */
  CompletionStage<Page<CorrectionRow>> askedBy(String consumer, PageRequest page) {
    return rows.list(CorrectionView.askedBy(consumer), page);
  }

  /**
   * Those that a citizen has asked for, the newest first.
   *
   * @param subject names the data subject as lists of exchanges do
   */
  public CompletionStage<Page<CorrectionRow>> of(String subject, PageRequest page) {
    return rows.list(subject, page);
  }

  /** Those of the cloud, by limit. */
  CompletionStage<Page<CorrectionRow>> all(PageRequest page) {
    return rows.list(CorrectionView.ALL, page);
  }

  /** Open ones whose limit lies before {@code now} and of which nobody was told. */
  public CompletionStage<Page<CorrectionRow>> late(Instant now, PageRequest page) {
    return rows.list(CorrectionView.LIMITS, Optional.of(SortKey.ascending(now)), row -> true, page);
  }

  /** Those that departments have let lie past their limit, the longest ones first. */
  public CompletionStage<Page<CorrectionRow>> silent(PageRequest page) {
    return rows.list(CorrectionView.SILENT, page);
  }

  /** How many those are. */
  public CompletionStage<Long> countSilent() {
    return rows.countEntries(List.of(CorrectionView.SILENT), SortKey.ascending(null));
  }
}
