package govcloud.node.operation;

import govcloud.domain.Commit;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of operations for lists: newest first, and the open ones by deadline. */
public final class OperationView implements View<OperationRow> {

  /** Name of the view. */
  public static final String NAME = "operations";

  /** The list of open operations by deadline. */
  static final String OPEN = "open";

  private static final String ALL = "all";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "operation";
  }

  @Override
  public Class<OperationRow> rowType() {
    return OperationRow.class;
  }

  @Override
  public String scope(String entityId) {
    return "cloud";
  }

  @Override
  public OperationRow after(
      Optional<OperationRow> before, String entityId, long version, Commit<?> commit) {
    OperationRow row = before.orElse(null);
    for (Object event : commit.events()) {
      row = OperationFold.after(row, EntityIds.part(entityId, 1), version, (OperationEvent) event);
    }
    return row;
  }

  @Override
  public List<Entry> entries(OperationRow row, int slice) {
    String newest = SortKey.descending(row.createdAt());
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(ALL, newest));
    entries.add(new Entry(list(Optional.of(row.status()), Optional.empty()), newest));
    entries.add(new Entry(list(Optional.empty(), Optional.of(row.tenant())), newest));
    if (row.open()) {
      entries.add(new Entry(OPEN, SortKey.ascending(row.deadline())));
    }
    return entries;
  }

  static String list(Optional<Status> status, Optional<String> tenant) {
    return tenant
        .map(name -> "tenant=" + name)
        .orElseGet(() -> status.map(word -> "status=" + label(word)).orElse(ALL));
  }

  static String label(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(OperationRow row) {
    return List.of(label(row.status()));
  }
}
