package govcloud.node.deferral;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Deferrals as the read model has them, what was said last first. */
public final class NoticeDeferralTable {

  private final ViewTable<NoticeDeferralRow> rows;

  public NoticeDeferralTable(ViewTable<NoticeDeferralRow> rows) {
    this.rows = rows;
  }

  /** Those of the cloud. */
  public CompletionStage<Page<NoticeDeferralRow>> all(PageRequest page) {
    return rows.list(NoticeDeferralView.ALL, page);
  }

  /** Those of a department. */
  CompletionStage<Page<NoticeDeferralRow>> of(String consumer, PageRequest page) {
    return rows.list(NoticeDeferralView.of(consumer), page);
  }

  /** How many each department has, by status; see {@link NoticeDeferralView}. */
  public CompletionStage<Map<String, Map<String, Long>>> counts() {
    return rows.counts();
  }
}
