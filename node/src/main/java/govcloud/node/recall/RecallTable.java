package govcloud.node.recall;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Recalls as the read model has them, the newest first. */
public final class RecallTable {

  private final ViewTable<RecallRow> rows;

  public RecallTable(ViewTable<RecallRow> rows) {
    this.rows = rows;
  }

  /** Those of the cloud that somebody has not acknowledged. */
  public CompletionStage<Page<RecallRow>> open(PageRequest page) {
    return rows.list(RecallView.OPEN, page);
  }

  /** Those of the cloud. */
  CompletionStage<Page<RecallRow>> all(PageRequest page) {
    return rows.list(RecallView.ALL, page);
  }

  /** Those that a department has issued. */
  CompletionStage<Page<RecallRow>> issuedBy(String provider, PageRequest page) {
    return rows.list(RecallView.issuedBy(provider), page);
  }

  /** Those of values that a department has received. */
  CompletionStage<Page<RecallRow>> receivedBy(String consumer, PageRequest page) {
    return rows.list(RecallView.receivedBy(consumer), page);
  }

  /**
   * Those of values about somebody.
   *
   * @param subject names the data subject as lists of exchanges do
   */
  public CompletionStage<Page<RecallRow>> about(String subject, PageRequest page) {
    return rows.list(subject, page);
  }

  /** Those that departments of this cloud issued since a moment. */
  CompletionStage<Page<RecallRow>> since(Instant from, PageRequest page) {
    return rows.list(
        RecallView.ALL, Optional.of(SortKey.descending(from)), row -> !row.isFromElsewhere(), page);
  }

  /** Open ones whose limit lies before {@code now} and of which nobody was told. */
  public CompletionStage<Page<RecallRow>> late(Instant now, PageRequest page) {
    return rows.list(RecallView.LIMITS, Optional.of(SortKey.ascending(now)), row -> true, page);
  }

  /** How many recalls somebody has not acknowledged in time. */
  public CompletionStage<Long> countLate() {
    return rows.countEntries(List.of(RecallView.LATE), SortKey.ascending(null));
  }

  /** Those of which it was not looked yet who received the wrong values. */
  CompletionStage<Page<RecallRow>> unsearched(PageRequest page) {
    return rows.list(RecallView.UNSEARCHED, page);
  }
}
