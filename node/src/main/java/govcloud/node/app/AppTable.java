package govcloud.node.app;

import govcloud.domain.app.AppInstanceState.Status;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Rented apps as the read model has them. */
public final class AppTable {

  private final ViewTable<AppRow> rows;

  public AppTable(ViewTable<AppRow> rows) {
    this.rows = rows;
  }

  /** Apps by department and identifier, of one status or department if given. */
  public CompletionStage<Page<AppRow>> list(
      Optional<Status> status, Optional<String> tenant, PageRequest page) {
    if (tenant.isPresent()) {
      return rows.list(
          AppView.list(Optional.empty(), tenant),
          Optional.empty(),
          row -> status.isEmpty() || row.status() == status.get(),
          page);
    }
    return rows.list(AppView.list(status, tenant), page);
  }

  /** One app. */
  public CompletionStage<Optional<AppRow>> find(String tenant, String app) {
    return rows.find("app/" + tenant + "/" + app);
  }

  /** How many apps a department rents: neither refused nor terminated. */
  public CompletionStage<Long> rented(String tenant) {
    return rows.counts(tenant).thenApply(counts -> counts.getOrDefault(AppView.RENTED, 0L));
  }

  /** How many apps a department has in each status, by lower-case name. */
  public CompletionStage<Map<String, Long>> counts(String tenant) {
    return rows.counts(tenant);
  }
}
