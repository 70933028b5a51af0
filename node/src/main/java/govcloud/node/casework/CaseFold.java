package govcloud.node.casework;

import govcloud.domain.casework.CaseEvent;
import govcloud.node.projection.EntityIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A case's row after each kind of event.
 *
 * <p>To move a case to the front of a list by time costs an entry to take away and one to write in
 * every list that it is in. So a case that changes again and again moves only this often: its place
 * among others that changed within the same seconds means nothing to anybody.
 */
final class CaseFold {

  private static final Duration MOVES = Duration.ofSeconds(10);

  private CaseFold() {}

  static CaseRow after(CaseRow row, String entityId, long version, CaseEvent event) {
    if (event instanceof CaseEvent.Created e) {
      return created(entityId, version, e);
    }
    String state = row.state();
    boolean finished = row.finished();
    int definitionVersion = row.definitionVersion();
    if (event instanceof CaseEvent.ActionTaken e) {
      state = e.to();
      finished = e.finished();
    } else if (event instanceof CaseEvent.Migrated e) {
      state = e.toState();
      finished = e.finished();
      definitionVersion = e.toVersion();
    }
    Instant updatedAt = later(row.updatedAt(), event.at());
    return new CaseRow(
        row.tenant(),
        row.app(),
        row.caseId(),
        row.number(),
        row.title(),
        row.applicant(),
        row.definition(),
        definitionVersion,
        state,
        finished,
        event instanceof CaseEvent.Assigned e ? e.assignee() : row.assignee(),
        clocks(row.clocks(), event),
        version,
        row.createdAt(),
        updatedAt,
        updatedAt.isBefore(row.listedAt().plus(MOVES)) ? row.listedAt() : updatedAt);
  }

  private static CaseRow created(String entityId, long version, CaseEvent.Created e) {
    return new CaseRow(
        e.tenant(),
        e.app(),
        EntityIds.part(entityId, 3),
        e.number(),
        e.title(),
        e.applicant().name(),
        e.definition(),
        e.version(),
        e.state(),
        e.finished(),
        "",
        List.of(),
        version,
        e.at(),
        e.at(),
        e.at());
  }

  private static List<CaseRow.Clock> clocks(List<CaseRow.Clock> clocks, CaseEvent event) {
    if (event instanceof CaseEvent.ClockStarted e) {
      List<CaseRow.Clock> more = with(clocks, e.name(), clock -> null);
      more.add(new CaseRow.Clock(e.name(), e.due(), e.yellowAt(), null));
      return more;
    }
    if (event instanceof CaseEvent.ClockStopped e) {
      return with(
          clocks,
          e.name(),
          clock -> new CaseRow.Clock(clock.name(), clock.due(), clock.yellowAt(), e.at()));
    }
    if (event instanceof CaseEvent.ClockResumed e) {
      return with(
          clocks, e.name(), clock -> new CaseRow.Clock(clock.name(), e.due(), e.yellowAt(), null));
    }
    if (event instanceof CaseEvent.ClockExtended e) {
      return with(
          clocks,
          e.name(),
          clock -> new CaseRow.Clock(clock.name(), e.due(), e.yellowAt(), clock.haltedAt()));
    }
    return event instanceof CaseEvent.ClockCompleted e
        ? with(clocks, e.name(), clock -> null)
        : clocks;
  }

  /** The clocks with the one of a name changed, or taken away where the change gives null. */
  private static List<CaseRow.Clock> with(
      List<CaseRow.Clock> clocks, String name, UnaryOperator<CaseRow.Clock> change) {
    List<CaseRow.Clock> changed = new ArrayList<>();
    for (CaseRow.Clock clock : clocks) {
      CaseRow.Clock now = clock.name().equals(name) ? change.apply(clock) : clock;
      if (now != null) {
        changed.add(now);
      }
    }
    return changed;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
