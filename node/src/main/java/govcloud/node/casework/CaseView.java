package govcloud.node.casework;

import govcloud.domain.Commit;
import govcloud.domain.casework.CaseEvent;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.View;
import java.util.List;
import java.util.Optional;

/** What is kept of cases for worklists, counts and warnings. */
public final class CaseView implements View<CaseRow> {

  /** Name of the view. */
  public static final String NAME = "cases";

  /** Counts cases that are not finished, followed by the app. */
  static final String ACTIVE = "*active/";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "case";
  }

  @Override
  public Class<CaseRow> rowType() {
    return CaseRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  @Override
  public CaseRow after(Optional<CaseRow> before, String entityId, long version, Commit<?> commit) {
    CaseRow row = before.orElse(null);
    for (Object event : commit.events()) {
      row = CaseFold.after(row, entityId, version, (CaseEvent) event);
    }
    return row;
  }

  @Override
  public List<Entry> entries(CaseRow row, int slice) {
    return CaseLists.of(row, slice);
  }

  @Override
  public List<String> countedAs(CaseRow row) {
    String state = row.app() + "/" + row.state();
    return row.finished() ? List.of(state) : List.of(state, ACTIVE + row.app());
  }
}
