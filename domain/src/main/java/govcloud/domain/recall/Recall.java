package govcloud.domain.recall;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.WorkingCalendar;
import govcloud.domain.recall.RecallState.Receiver;
import govcloud.domain.recall.RecallState.Status;
import govcloud.domain.sharing.SharingLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A provider has corrected a record. Every case because of which the wrong values were given out is
 * told, and its department says what it has done; until all have, the recall stays open for
 * everybody to see.
 */
public final class Recall implements Aggregate<RecallCommand, RecallEvent, RecallState> {

  /** So many cases are named at once at most. */
  public static final int MOST_AT_ONCE = 200;

  /** So many cases of one recall are kept. */
  public static final int MOST_RECEIVERS = 2_000;

  private static final int MOST_FIELDS = 200;
  private static final int LONGEST_TEXT = 1_000;

  private final WorkingCalendar calendar;
  private final SharingLimits limits;

  /**
   * The rules.
   *
   * @param calendar which days count
   * @param limits how long acknowledging may take
   */
  public Recall(WorkingCalendar calendar, SharingLimits limits) {
    this.calendar = calendar;
    this.limits = limits;
  }

  @Override
  public String type() {
    return "recall";
  }

  @Override
  public String status(RecallState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public RecallState initial() {
    return RecallState.NONE;
  }

  @Override
  public Decision<RecallEvent> decide(RecallState state, RecallCommand command, Context context) {
    if (command instanceof RecallCommand.Issue c) {
      return issue(state, c, context);
    } else if (state.status() == Status.NONE) {
      return Decision.refuse(
          RecallRefusal.RECALL_NOT_FOUND, "recall: none (expected: one that was issued)");
    } else if (command instanceof RecallCommand.Tell c) {
      return tell(state, c, context);
    } else if (command instanceof RecallCommand.Acknowledge c) {
      return acknowledge(state, c, context);
    } else if (command instanceof RecallCommand.Escalate) {
      return escalate(state, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Decision<RecallEvent> issue(RecallState state, RecallCommand.Issue c, Context context) {
    var matter = c.matter();
    if (!c.party().equals(matter.provider())) {
      return wrongParty("department: " + c.party(), matter.provider());
    }
    if (state.matter().isPresent()) {
      return state.matter().get().equals(matter)
          ? Decision.accept()
          : Decision.refuse(
              RecallRefusal.RECALL_ALREADY_EXISTS,
              "recall: of something else (expected: an identifier of its own for each)");
    }
    if (matter.fields().isEmpty() || matter.fields().size() > MOST_FIELDS) {
      return invalid("fields: " + matter.fields().size() + " (expected: 1 to " + MOST_FIELDS + ")");
    }
    if (matter.since().isAfter(context.now())) {
      return invalid("since: " + matter.since() + " (expected: not after " + context.now() + ")");
    }
    return text("reason", matter.reason())
        .orElseGet(
            () ->
                Decision.accept(
                    new RecallEvent.Issued(
                        matter,
                        context.actor().person(),
                        Optional.of(calendar.plusWorkingDays(context.now(), limits.recallDays())),
                        context.now())));
  }

  private static Decision<RecallEvent> escalate(RecallState state, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return wrongParty("role: " + context.actor().role(), Actor.PLATFORM);
    }
    if (state.status() == Status.DONE || state.escalated()) {
      return Decision.accept();
    }
    return state
        .due()
        .filter(context.now()::isAfter)
        .<Decision<RecallEvent>>map(
            due -> Decision.accept(new RecallEvent.Escalated(due, context.now())))
        .orElseGet(
            () ->
                Decision.refuse(
                    RecallRefusal.RECALL_NOT_DUE,
                    "now: "
                        + context.now()
                        + " (expected: after "
                        + state.due().map(Instant::toString).orElse("a limit")
                        + ")"));
  }

  private static Decision<RecallEvent> tell(
      RecallState state, RecallCommand.Tell c, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return wrongParty("role: " + context.actor().role(), Actor.PLATFORM);
    }
    List<Receiver> fresh = new ArrayList<>();
    for (var one : c.receivers()) {
      var known =
          state.told(one.consumer(), one.caseId()).isPresent()
              || fresh.stream().anyMatch(other -> other.is(one.consumer(), one.caseId()));
      if (!known) {
        fresh.add(one);
      }
    }
    if (fresh.size() > MOST_AT_ONCE || state.receivers().size() + fresh.size() > MOST_RECEIVERS) {
      return invalid(
          "cases: %d and %d (expected: at most %d at once, %d in all)"
              .formatted(state.receivers().size(), fresh.size(), MOST_AT_ONCE, MOST_RECEIVERS));
    }
    return fresh.isEmpty() && state.searched()
        ? Decision.accept()
        : Decision.accept(new RecallEvent.Told(fresh, context.now()));
  }

  private static Decision<RecallEvent> acknowledge(
      RecallState state, RecallCommand.Acknowledge c, Context context) {
    var found = state.told(c.party(), c.caseId());
    if (found.isEmpty()) {
      return Decision.refuse(
          RecallRefusal.RECALL_CASE_UNKNOWN,
          "case: %s of %s (expected: one that received what is recalled)"
              .formatted(c.caseId(), c.party()));
    }
    if (found.get().acknowledged().isPresent()) {
      return Decision.accept();
    }
    return text("note", c.note())
        .orElseGet(
            () ->
                Decision.accept(
                    new RecallEvent.Acknowledged(
                        c.party(),
                        c.caseId(),
                        c.note().strip(),
                        context.actor().person(),
                        context.now())));
  }

  private static Optional<Decision<RecallEvent>> text(String name, String text) {
    var length = text.strip().length();
    return length >= 1 && length <= LONGEST_TEXT
        ? Optional.empty()
        : Optional.of(
            invalid(name + ": " + length + " characters (expected: 1 to " + LONGEST_TEXT + ")"));
  }

  private static Decision<RecallEvent> invalid(String message) {
    return Decision.refuse(RecallRefusal.RECALL_INVALID, message);
  }

  private static Decision<RecallEvent> wrongParty(String found, String expected) {
    return Decision.refuse(
        RecallRefusal.RECALL_PARTY_WRONG, found + " (expected: " + expected + ")");
  }

  @Override
  public RecallState evolve(RecallState state, RecallEvent event) {
    return state.after(event);
  }
}
