package govcloud.domain.casework;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a case is after an event. Knows nothing of definitions; accepts every event in any state.
 */
final class CaseEvolution {

  private CaseEvolution() {}

  static CaseState after(CaseState state, CaseEvent event) {
    if (event instanceof CaseEvent.Created e) {
      return created(e);
    }
    var draft = new CaseDraft(state, event.at());
    if (event instanceof CaseEvent.ActionTaken e) {
      draft.status = e.to();
      draft.finished = e.finished();
      draft.actions++;
      draft.doers = draft.doers.with(e.action(), e.by());
      e.documents().forEach(name -> draft.documents.put(name, e.at()));
    } else if (event instanceof CaseEvent.Commented) {
      draft.comments++;
    } else if (event instanceof CaseEvent.Assigned e) {
      draft.assignee = e.assignee();
    } else if (event instanceof CaseEvent.MaterialRecorded e) {
      draft.materials.put(e.material().name(), e.material());
    } else if (event instanceof CaseEvent.DeviationNoted) {
      draft.deviations++;
    } else if (event instanceof CaseEvent.Migrated e) {
      draft.version = e.toVersion();
      draft.status = e.toState();
      draft.finished = e.finished();
    } else {
      clock(draft.clocks, event);
    }
    return draft.state();
  }

  private static void clock(Map<String, ClockState> clocks, CaseEvent event) {
    if (event instanceof CaseEvent.ClockStarted e) {
      clocks.put(e.name(), ClockState.started(e));
    } else if (event instanceof CaseEvent.ClockStopped e) {
      clocks.computeIfPresent(e.name(), (name, clock) -> clock.stopped(e));
    } else if (event instanceof CaseEvent.ClockResumed e) {
      clocks.computeIfPresent(e.name(), (name, clock) -> clock.resumed(e));
    } else if (event instanceof CaseEvent.ClockExtended e) {
      clocks.computeIfPresent(e.name(), (name, clock) -> clock.extended(e));
    } else if (event instanceof CaseEvent.ClockCompleted e) {
      clocks.computeIfPresent(e.name(), (name, clock) -> clock.completed(e));
    } else {
      throw new IllegalStateException("no rule for " + event.getClass().getName());
    }
  }

  private static CaseState created(CaseEvent.Created e) {
    return new CaseState(
        e.state(),
        e.finished(),
        e.tenant(),
        e.app(),
        e.definition(),
        e.version(),
        e.number(),
        e.title(),
        e.applicant(),
        e.form(),
        e.attributes(),
        "",
        Map.of(),
        Map.of(),
        Map.of(),
        Doers.openedBy(e.by()),
        0,
        0,
        0,
        Optional.of(e.at()),
        Optional.of(e.at()));
  }

  /** The parts of a case that events change, while one does. */
  private static final class CaseDraft {
    private final CaseState before;
    private final Instant updatedAt;
    private final Map<String, ClockState> clocks;
    private final Map<String, Material> materials;
    private final Map<String, Instant> documents;
    private String status;
    private boolean finished;
    private int version;
    private String assignee;
    private Doers doers;
    private int actions;
    private int comments;
    private int deviations;

    private CaseDraft(CaseState before, Instant at) {
      this.before = before;
      this.updatedAt = before.updatedAt().filter(last -> last.isAfter(at)).orElse(at);
      this.clocks = new LinkedHashMap<>(before.clocks());
      this.materials = new LinkedHashMap<>(before.materials());
      this.documents = new LinkedHashMap<>(before.documents());
      this.status = before.status();
      this.finished = before.finished();
      this.version = before.version();
      this.assignee = before.assignee();
      this.doers = before.doers();
      this.actions = before.actions();
      this.comments = before.comments();
      this.deviations = before.deviations();
    }

    private CaseState state() {
      return new CaseState(
          status,
          finished,
          before.tenant(),
          before.app(),
          before.definition(),
          version,
          before.number(),
          before.title(),
          before.applicant(),
          before.form(),
          before.attributes(),
          assignee,
          clocks,
          materials,
          documents,
          doers,
          actions,
          comments,
          deviations,
          before.createdAt(),
          Optional.of(updatedAt));
    }
  }
}
