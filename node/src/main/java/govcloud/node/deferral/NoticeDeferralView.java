package govcloud.node.deferral;

import govcloud.domain.Commit;
import govcloud.domain.deferral.NoticeDeferralEvent;
import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is kept of deferrals: those of each department and all, what was asked for last first. */
public final class NoticeDeferralView implements View<NoticeDeferralRow> {

  /** Name of the view. */
  public static final String NAME = "deferrals";

  /** What counts the deferrals of a department that were extended. */
  public static final String EXTENDED = "extended";

  /** Every one. */
  static final String ALL = "all";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "deferral";
  }

  @Override
  public Class<NoticeDeferralRow> rowType() {
    return NoticeDeferralRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  /**
   * The entity of the deferral of a case.
   *
   * @param caseId app and id of the case, with a slash between them
   */
  public static String id(String consumer, String caseId) {
    return "deferral/" + consumer + "/" + caseId;
  }

  static String of(String consumer) {
    return "consumer=" + consumer;
  }

  @Override
  public NoticeDeferralRow after(
      Optional<NoticeDeferralRow> before, String entityId, long version, Commit<?> commit) {
    var state = before.map(NoticeDeferralRow::state).orElse(NoticeDeferralState.NONE);
    for (Object event : commit.events()) {
      state = state.after((NoticeDeferralEvent) event);
    }
    return new NoticeDeferralRow(
        EntityIds.part(entityId, 1),
        EntityIds.part(entityId, 2) + "/" + EntityIds.part(entityId, 3),
        state,
        version);
  }

  @Override
  public List<Entry> entries(NoticeDeferralRow row, int slice) {
    var newest = SortKey.descending(last(row.state()));
    return List.of(new Entry(ALL, newest), new Entry(of(row.consumer()), newest));
  }

  /** When something was said last. */
  private static Instant last(NoticeDeferralState state) {
    return Stream.of(
            state.proposal().map(NoticeDeferralState.Proposal::at),
            state.grant().map(NoticeDeferralState.Grant::at),
            state.declined().map(NoticeDeferralState.Said::at),
            state.released().map(NoticeDeferralState.Said::at))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** A status as lower-case word. */
  public static String label(NoticeDeferralState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(NoticeDeferralRow row) {
    var names = new ArrayList<String>();
    names.add(label(row.state()));
    if (row.state().grants().size() > 1) {
      names.add(EXTENDED);
    }
    return names;
  }
}
