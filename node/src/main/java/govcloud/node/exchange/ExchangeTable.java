package govcloud.node.exchange;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.concurrent.CompletionStage;

/** Exchanges as the read model has them. */
public final class ExchangeTable {

  private final ViewTable<ExchangeRow> rows;

  public ExchangeTable(ViewTable<ExchangeRow> rows) {
    this.rows = rows;
  }

  /** Who asked for data of somebody, the newest first; also what was refused. */
  public CompletionStage<Page<ExchangeRow>> about(String subject, PageRequest page) {
    return rows.list(ExchangeView.listOf(subject), page);
  }
}
