package govcloud.node.tenant;

import govcloud.domain.tenant.TenantState.Status;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Departments as the read model has them. */
public final class TenantTable {

  private final ViewTable<TenantRow> rows;

  public TenantTable(ViewTable<TenantRow> rows) {
    this.rows = rows;
  }

  /** Orders of the list: by identifier, or last changed first. */
  public enum Sort {
    TENANT,
    UPDATED
  }

  /** Departments in order, of one status if given; fails with PageTokenInvalid. */
  public CompletionStage<Page<TenantRow>> list(
      Optional<Status> status, Sort sort, PageRequest page) {
    return rows.list(TenantView.list(status, sort), page);
  }

  /** One department by its identifier. */
  public CompletionStage<Optional<TenantRow>> find(String tenant) {
    return rows.find("tenant/" + tenant);
  }

  /** How many departments are in each status, by lower-case name. */
  public CompletionStage<Map<String, Long>> counts() {
    return rows.counts("cloud");
  }
}
