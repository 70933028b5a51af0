package govcloud.node.operation;

import govcloud.domain.operation.OperationState.Status;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Operations as the read model has them. */
public final class OperationTable {

  private final ViewTable<OperationRow> rows;

  public OperationTable(ViewTable<OperationRow> rows) {
    this.rows = rows;
  }

  /** Operations, newest first, of one status or department if given. */
  public CompletionStage<Page<OperationRow>> list(
      Optional<Status> status, Optional<String> tenant, PageRequest page) {
    return rows.list(
        OperationView.list(status, tenant),
        Optional.empty(),
        row -> status.isEmpty() || row.status() == status.get(),
        page);
  }

  /** One operation. */
  public CompletionStage<Optional<OperationRow>> find(String operation) {
    return rows.find("operation/" + operation);
  }

  /** Open operations whose deadline lies before {@code now}, the oldest first. */
  public CompletionStage<Page<OperationRow>> overdue(Instant now, PageRequest page) {
    return rows.list(
        OperationView.OPEN, Optional.of(SortKey.ascending(now)), OperationRow::open, page);
  }

  /** How many operations are overdue. */
  public CompletionStage<Long> countOverdue(Instant now) {
    return rows.countEntries(List.of(OperationView.OPEN), SortKey.ascending(now));
  }

  /** How many operations are in each status, by lower-case name. */
  public CompletionStage<Map<String, Long>> counts() {
    return rows.counts("cloud");
  }
}
