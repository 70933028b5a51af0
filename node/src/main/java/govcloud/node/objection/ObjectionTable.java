package govcloud.node.objection;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Objections as the read model has them. */
public final class ObjectionTable {

  private final ViewTable<ObjectionRow> rows;

  public ObjectionTable(ViewTable<ObjectionRow> rows) {
    this.rows = rows;
  }

  /** Those that a department has to answer or has answered, by limit. */
  CompletionStage<Page<ObjectionRow>> of(String provider, PageRequest page) {
    return rows.list(ObjectionView.of(provider), page);
  }

  /** Those of the cloud, by limit. */
  CompletionStage<Page<ObjectionRow>> all(PageRequest page) {
    return rows.list(ObjectionView.ALL, page);
  }

  /** Those to some exchanges, by id of the entity; most exchanges have none. */
  public CompletionStage<Map<String, ObjectionRow>> find(List<String> ids) {
    return rows.rows(ids);
  }

  /** Open ones whose limit lies before {@code now} and of which nobody was told. */
  public CompletionStage<Page<ObjectionRow>> late(Instant now, PageRequest page) {
    return rows.list(ObjectionView.LIMITS, Optional.of(SortKey.ascending(now)), row -> true, page);
  }

  /** How many objections a department has let lie past their limit. */
  public CompletionStage<Long> countSilent() {
    return rows.countEntries(List.of(ObjectionView.SILENT), SortKey.ascending(null));
  }
}
