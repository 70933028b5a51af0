package govcloud.node.account;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Accounts as the read model has them. */
public final class AccountTable {

  private final ViewTable<AccountRow> rows;

  public AccountTable(ViewTable<AccountRow> rows) {
    this.rows = rows;
  }

  /** Accounts by name, of one department if given. */
  CompletionStage<Page<AccountRow>> list(Optional<String> tenant, PageRequest page) {
    return rows.list(tenant.map(AccountView::of).orElse(AccountView.ALL), page);
  }
}
