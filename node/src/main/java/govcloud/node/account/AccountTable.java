package govcloud.node.account;

import govcloud.domain.identity.AccountState.Status;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

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

  /**
   * Names of people who were invited and have not come in yet, in order; fails with
   * PageTokenInvalid.
   */
  public CompletionStage<Page<String>> invited(PageRequest page) {
    return rows.list(AccountView.INVITED, page).thenApply(found -> found.map(AccountRow::account));
  }

  /**
   * Accounts of those who work in a department and of whom it is proved who they are; names, the
   * first of many. Whoever left has a suspended account, and is nobody's colleague any more.
   */
  public CompletionStage<List<String>> proved(String tenant) {
    return rows.list(AccountView.of(tenant), PageRequest.first(PageRequest.MAXIMUM_SIZE))
        .thenApply(
            page ->
                page.items().stream()
                    .filter(AccountTable::isProvedWorker)
                    .map(AccountRow::account)
                    .toList());
  }

  static boolean isProvedWorker(AccountRow row) {
    return row.proved() && row.status() != Status.SUSPENDED;
  }

  /** Names of all accounts of the platform with a role; it reads the platform's whole list. */
  public CompletionStage<List<String>> withRole(String role) {
    return withRole(role, PageRequest.first(PageRequest.MAXIMUM_SIZE));
  }

  private CompletionStage<List<String>> withRole(String role, PageRequest request) {
    return rows.list(AccountView.of(""), request)
        .thenCompose(
            page -> {
              var names =
                  page.items().stream()
                      .filter(row -> row.roles().contains(role))
                      .map(AccountRow::account)
                      .toList();
              return page.nextPageToken().isEmpty()
                  ? CompletableFuture.completedStage(names)
                  : withRole(role, request.after(page))
                      .thenApply(more -> Stream.concat(names.stream(), more.stream()).toList());
            });
  }

  /** Names of the accounts that somebody at an identity provider comes in with. */
  public CompletionStage<List<String>> linkedTo(ProviderIdentity identity) {
    return rows.list(
            AccountView.linkedTo(AccountView.hashOf(identity)),
            PageRequest.first(PageRequest.MAXIMUM_SIZE))
        .thenApply(page -> page.map(AccountRow::account).items());
  }
}
