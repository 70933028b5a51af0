package govcloud.node.tenant;

import govcloud.domain.Commit;
import govcloud.domain.tenant.TenantEvent;
import govcloud.domain.tenant.TenantState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of departments for lists: by identifier and by last change, all and by status. */
public final class TenantView implements View<TenantRow> {

  /** Name of the view. */
  public static final String NAME = "tenants";

  private static final String CLOUD = "cloud";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "tenant";
  }

  @Override
  public Class<TenantRow> rowType() {
    return TenantRow.class;
  }

  @Override
  public String scope(String entityId) {
    return CLOUD;
  }

  @Override
  public TenantRow after(
      Optional<TenantRow> before, String entityId, long version, Commit<?> commit) {
    TenantRow row = before.orElse(null);
    for (Object event : commit.events()) {
      row = after(row, EntityIds.part(entityId, 1), version, (TenantEvent) event);
    }
    return row;
  }

  private static TenantRow after(TenantRow row, String tenant, long version, TenantEvent event) {
    if (event instanceof TenantEvent.Registered e) {
      return new TenantRow(
          tenant,
          e.name(),
          Status.REGISTERED,
          e.creditCode(),
          e.division(),
          e.disasterClass(),
          e.plan(),
          e.quotas(),
          version,
          e.at(),
          e.at());
    }
    var plan = event instanceof TenantEvent.PlanChanged e ? e.plan() : row.plan();
    var quotas = event instanceof TenantEvent.PlanChanged e ? e.quotas() : row.quotas();
    var name = event instanceof TenantEvent.Renamed e ? e.name() : row.name();
    var disasterClass =
        event instanceof TenantEvent.DisasterClassChanged e
            ? e.disasterClass()
            : row.disasterClass();
    return new TenantRow(
        tenant,
        name,
        status(row.status(), event),
        row.creditCode(),
        row.division(),
        disasterClass,
        plan,
        quotas,
        version,
        row.registeredAt(),
        event.at());
  }

  private static Status status(Status before, TenantEvent event) {
    if (event instanceof TenantEvent.Activated || event instanceof TenantEvent.Resumed) {
      return Status.ACTIVE;
    }
    if (event instanceof TenantEvent.Suspended) {
      return Status.SUSPENDED;
    }
    return event instanceof TenantEvent.Closed ? Status.CLOSED : before;
  }

  @Override
  public List<Entry> entries(TenantRow row, int slice) {
    String updated = SortKey.descending(row.updatedAt());
    return List.of(
        new Entry(list(Optional.empty(), TenantTable.Sort.TENANT), row.tenant()),
        new Entry(list(Optional.empty(), TenantTable.Sort.UPDATED), updated),
        new Entry(list(Optional.of(row.status()), TenantTable.Sort.TENANT), row.tenant()),
        new Entry(list(Optional.of(row.status()), TenantTable.Sort.UPDATED), updated));
  }

  static String list(Optional<Status> status, TenantTable.Sort sort) {
    return status.map(TenantView::label).orElse("all") + ":" + sort;
  }

  static String label(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(TenantRow row) {
    return List.of(label(row.status()));
  }
}
