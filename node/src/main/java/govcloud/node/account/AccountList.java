package govcloud.node.account;

import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** All accounts, for those who decide on them and those who look on. */
public final class AccountList {

  private final Lists lists;
  private final AccountTable table;
  private final InstantSource clock;

  /** Routes over the list. */
  public AccountList(Lists lists, AccountTable table, InstantSource clock) {
    this.lists = lists;
    this.table = table;
    this.clock = clock;
  }

  /** Adds the operation. */
  public void register(Routes routes) {
    routes.on("listAccounts", this::list);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return lists.page(
        call, AccountView.NAME, page -> table.list(call.parameter("tenant"), page), this::shape);
  }

  private Map<String, Object> shape(AccountRow row) {
    var factors = new ArrayList<String>();
    if (row.totp()) {
      factors.add("totp");
    }
    for (int i = 0; i < row.passkeys(); i++) {
      factors.add("passkey");
    }
    var locked = row.lockedUntil() != null && clock.instant().isBefore(row.lockedUntil());
    return new Fields()
        .with("account", row.account())
        .with("name", row.name())
        .with("kind", row.kind().name().toLowerCase(Locale.ROOT))
        .with("status", row.status().name().toLowerCase(Locale.ROOT))
        .maybe("tenant", row.tenant().isEmpty() ? null : row.tenant())
        .with("roles", row.roles())
        .with("second_factors", factors)
        .maybe("locked_until", locked ? row.lockedUntil() : null)
        .maybe("last_sign_in", row.lastSignIn())
        .with("version", row.version())
        .map();
  }
}
