package govcloud.node.objection;

import govcloud.domain.Commit;
import govcloud.domain.objection.ObjectionEvent;
import govcloud.domain.objection.ObjectionState;
import govcloud.domain.objection.ObjectionState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of objections: those of each department by limit, and those that are late. */
public final class ObjectionView implements View<ObjectionRow> {

  /** Name of the view. */
  public static final String NAME = "objections";

  /** Every one, by limit. */
  static final String ALL = "all";

  /** Open ones that are not told of, by limit. */
  static final String LIMITS = "limits";

  /** Open ones whose limit passed in silence, by limit. */
  static final String SILENT = "silent";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "objection";
  }

  @Override
  public Class<ObjectionRow> rowType() {
    return ObjectionRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  /** The entity of the objection to an exchange. */
  public static String id(String provider, String exchange) {
    return "objection/" + provider + "/" + exchange;
  }

  @Override
  public ObjectionRow after(
      Optional<ObjectionRow> before, String entityId, long version, Commit<?> commit) {
    var state = before.map(ObjectionRow::state).orElse(ObjectionState.NONE);
    for (Object event : commit.events()) {
      state = state.after((ObjectionEvent) event);
    }
    return new ObjectionRow(
        EntityIds.part(entityId, 1), EntityIds.part(entityId, 2), state, version);
  }

  @Override
  public List<Entry> entries(ObjectionRow row, int slice) {
    var key = SortKey.ascending(row.state().due().orElse(null));
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(ALL, key));
    entries.add(new Entry(of(row.provider()), key));
    if (row.state().status() == Status.OPEN) {
      entries.add(new Entry(row.state().escalated() ? SILENT : LIMITS, key));
    }
    return entries;
  }

  static String of(String provider) {
    return "provider=" + provider;
  }

  /** A status as lower-case word. */
  static String label(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(ObjectionRow row) {
    return List.of(label(row.state().status()));
  }
}
