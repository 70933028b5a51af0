package govcloud.node.recall;

import govcloud.domain.Commit;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Matter;
import govcloud.domain.recall.RecallState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of recalls: those of each department and data subject, the newest first. */
public final class RecallView implements View<RecallRow> {

  /** Name of the view. */
  public static final String NAME = "recalls";

  /** Every one. */
  static final String ALL = "all";

  /** Those that somebody has not acknowledged. */
  static final String OPEN = "open";

  /** Those of which it was not looked yet who received the wrong values. */
  static final String UNSEARCHED = "unsearched";

  /** Open ones that are not told of, by limit. */
  static final String LIMITS = "limits";

  /** Open ones whose limit has passed, by limit. */
  static final String LATE = "late";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "recall";
  }

  @Override
  public Class<RecallRow> rowType() {
    return RecallRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  /** The entity of a department's recall. */
  public static String id(String provider, String recall) {
    return "recall/" + provider + "/" + recall;
  }

  /**
   * The entity of a recall that came from another cloud, for one department of this one.
   *
   * @param issuer the department there with its cloud's name, such as {@code police@harbour}
   */
  static String arrived(String department, String issuer, String recall) {
    return id(department, recall + "@" + issuer);
  }

  static String issuedBy(String provider) {
    return "provider=" + provider;
  }

  static String receivedBy(String consumer) {
    return "consumer=" + consumer;
  }

  @Override
  public RecallRow after(
      Optional<RecallRow> before, String entityId, long version, Commit<?> commit) {
    var state = before.map(RecallRow::state).orElse(RecallState.NONE);
    for (Object event : commit.events()) {
      state = state.after((RecallEvent) event);
    }
    return new RecallRow(EntityIds.part(entityId, 1), EntityIds.part(entityId, 2), state, version);
  }

  @Override
  public List<Entry> entries(RecallRow row, int slice) {
    var state = row.state();
    var newest = SortKey.descending(state.issuedAt().orElseThrow());
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(ALL, newest));
    if (!row.isFromElsewhere()) {
      entries.add(new Entry(issuedBy(row.provider()), newest));
    }
    // Another cloud does not always say whom it is about.
    state
        .matter()
        .map(Matter::subject)
        .filter(subject -> !subject.isEmpty())
        .ifPresent(subject -> entries.add(new Entry(subject, newest)));
    state.receivers().stream()
        .map(told -> told.receiver().consumer())
        .distinct()
        .forEach(consumer -> entries.add(new Entry(receivedBy(consumer), newest)));
    if (state.status() == Status.OPEN) {
      entries.add(new Entry(OPEN, newest));
      state
          .due()
          .ifPresent(
              due ->
                  entries.add(
                      new Entry(state.escalated() ? LATE : LIMITS, SortKey.ascending(due))));
    }
    // Who received those of other clouds is known there.
    if (!state.searched() && !row.isFromElsewhere()) {
      entries.add(new Entry(UNSEARCHED, newest));
    }
    return entries;
  }

  @Override
  public List<String> countedAs(RecallRow row) {
    return List.of(row.state().status().name().toLowerCase(Locale.ROOT));
  }
}
