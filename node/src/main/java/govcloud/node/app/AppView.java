package govcloud.node.app;

import govcloud.domain.Commit;
import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.app.AppInstanceState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.View;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of rented apps for lists: all, by department and by status. */
public final class AppView implements View<AppRow> {

  /** Name of the view. */
  public static final String NAME = "apps";

  /** Counts apps that are not terminated or refused. */
  static final String RENTED = "*rented";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "app";
  }

  @Override
  public Class<AppRow> rowType() {
    return AppRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  @Override
  public AppRow after(Optional<AppRow> before, String entityId, long version, Commit<?> commit) {
    AppRow row = before.orElse(null);
    for (Object event : commit.events()) {
      row = AppFold.after(row, entityId, version, (AppInstanceEvent) event);
    }
    return row;
  }

  @Override
  public List<Entry> entries(AppRow row, int slice) {
    String key = row.tenant() + "/" + row.app();
    return List.of(
        new Entry(list(Optional.empty(), Optional.empty()), key),
        new Entry(list(Optional.of(row.status()), Optional.empty()), key),
        new Entry(list(Optional.empty(), Optional.of(row.tenant())), key));
  }

  static String list(Optional<Status> status, Optional<String> tenant) {
    return tenant.map(name -> "tenant=" + name).orElse("all")
        + status.map(word -> ":" + label(word)).orElse("");
  }

  static String label(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(AppRow row) {
    boolean rented = row.status() != Status.TERMINATED && row.status() != Status.REFUSED;
    return rented ? List.of(label(row.status()), RENTED) : List.of(label(row.status()));
  }
}
