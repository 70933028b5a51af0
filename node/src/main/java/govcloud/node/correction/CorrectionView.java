package govcloud.node.correction;

import govcloud.domain.Commit;
import govcloud.domain.correction.CorrectionEvent;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.correction.CorrectionState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of corrections: those of each who asked or answers, and those that are late. */
public final class CorrectionView implements View<CorrectionRow> {

  /** Name of the view. */
  public static final String NAME = "corrections";

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
    return "correction";
  }

  @Override
  public Class<CorrectionRow> rowType() {
    return CorrectionRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  /** The entity of the request for the correction of one value. */
  static String id(String provider, String exchange, String asker, String field) {
    return "correction/%s/%s/%s/%s".formatted(provider, exchange, asker, field);
  }

  /** The entity of the request about this matter. */
  public static String id(CorrectionState.Matter matter) {
    return id(matter.provider(), matter.exchange(), label(matter.asker()), matter.field());
  }

  @Override
  public CorrectionRow after(
      Optional<CorrectionRow> before, String entityId, long version, Commit<?> commit) {
    var state = before.map(CorrectionRow::state).orElse(CorrectionState.NONE);
    for (Object event : commit.events()) {
      state = state.after((CorrectionEvent) event);
    }
    return new CorrectionRow(EntityIds.part(entityId, 1), state, version);
  }

  @Override
  public List<Entry> entries(CorrectionRow row, int slice) {
    var state = row.state();
    var key = SortKey.ascending(state.due().orElse(null));
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(ALL, key));
    entries.add(new Entry(answeredBy(row.provider()), key));
    state
        .matter()
        .ifPresent(
            matter ->
                entries.add(
                    matter.asker() == Asker.CITIZEN
                        ? new Entry(
                            matter.subject(), SortKey.descending(state.askedAt().orElseThrow()))
                        : new Entry(askedBy(matter.consumer()), key)));
    if (state.status() == Status.OPEN) {
      entries.add(new Entry(state.escalated() ? SILENT : LIMITS, key));
    }
    return entries;
  }

  static String answeredBy(String provider) {
    return "provider=" + provider;
  }

  static String askedBy(String consumer) {
    return "consumer=" + consumer;
  }

  /** A status or an asker as lower-case word. */
  static String label(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(CorrectionRow row) {
    return List.of(label(row.state().status()));
  }
}
