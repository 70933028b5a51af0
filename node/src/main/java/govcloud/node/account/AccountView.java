package govcloud.node.account;

import govcloud.domain.Commit;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState.Status;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.node.http.Hashes;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of accounts: all of them, those of each department, those who were invited and have
 * not come in, and those of each person at an identity provider, by name. Names that were tried and
 * that nobody has are in no list.
 */
public final class AccountView implements View<AccountRow> {

  /** Name of the view. */
  public static final String NAME = "accounts";

  /** Every one, by name. */
  static final String ALL = "all";

  /** People who were invited and have not come in yet, by name. */
  static final String INVITED = "invited";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "account";
  }

  @Override
  public Class<AccountRow> rowType() {
    return AccountRow.class;
  }

  @Override
  public String scope(String entityId) {
    return "cloud";
  }

  /** Those that somebody at an identity provider comes in with. */
  static String linkedTo(String provider) {
    return "provider=" + provider;
  }

  /** What a row has of somebody at an identity provider. */
  static String hashOf(ProviderIdentity identity) {
    return Hashes.hex(
        identity.issuer().getBytes(StandardCharsets.UTF_8),
        identity.subject().getBytes(StandardCharsets.UTF_8));
  }

  static String of(String tenant) {
    return "tenant=" + tenant;
  }

  @Override
  public AccountRow after(
      Optional<AccountRow> before, String entityId, long version, Commit<?> commit) {
    var fold =
        before.map(AccountFold::new).orElseGet(() -> new AccountFold(EntityIds.part(entityId, 1)));
    commit.events().forEach(event -> fold.take((AccountEvent) event));
    return fold.row(version);
  }

  @Override
  public List<Entry> entries(AccountRow row, int slice) {
    if (row.status() == Status.VACANT) {
      return List.of();
    }
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(ALL, row.account()));
    entries.add(new Entry(of(row.tenant()), row.account()));
    if (row.status() == Status.INVITED) {
      entries.add(new Entry(INVITED, row.account()));
    }
    if (!row.provider().isEmpty()) {
      entries.add(new Entry(linkedTo(row.provider()), row.account()));
    }
    return entries;
  }

  @Override
  public List<String> countedAs(AccountRow row) {
    return List.of(row.status().name().toLowerCase(Locale.ROOT));
  }
}
