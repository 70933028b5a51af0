package govcloud.domain.objection;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.WorkingCalendar;
import govcloud.domain.identity.Roles;
import govcloud.domain.objection.ObjectionState.Status;
import govcloud.domain.sharing.SharingLimits;
import java.util.Locale;
import java.util.Optional;

/**
 * The objection of a citizen to one look at data about this citizen. The department that gave the
 * data answers within a limit; silence is told of, and ends nothing.
 */
public final class Objection
    implements Aggregate<ObjectionCommand, ObjectionEvent, ObjectionState> {

  private static final int LONGEST_TEXT = 1_000;

  private final WorkingCalendar calendar;
  private final SharingLimits limits;

  /**
   * The rules.
   *
   * @param calendar which days count
   * @param limits how long the answer may take
   */
  public Objection(WorkingCalendar calendar, SharingLimits limits) {
    this.calendar = calendar;
    this.limits = limits;
  }

  @Override
  public String type() {
    return "objection";
  }

  @Override
  public String status(ObjectionState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ObjectionState initial() {
    return ObjectionState.NONE;
  }

  @Override
  public Decision<ObjectionEvent> decide(
      ObjectionState state, ObjectionCommand command, Context context) {
    if (command instanceof ObjectionCommand.Raise c) {
      return raise(state, c, context);
    } else if (state.status() == Status.NONE) {
      return Decision.refuse(
          ObjectionRefusal.OBJECTION_NOT_FOUND, "objection: none (expected: one that was raised)");
    } else if (command instanceof ObjectionCommand.Answer c) {
      return answer(state, c, context);
    } else if (command instanceof ObjectionCommand.Escalate) {
      return escalate(state, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Decision<ObjectionEvent> raise(
      ObjectionState state, ObjectionCommand.Raise c, Context context) {
    if (!context.actor().role().equals(Roles.CITIZEN)) {
      return wrongParty("role: " + context.actor().role(), Roles.CITIZEN);
    }
    return switch (state.status()) {
      case OPEN -> Decision.accept();
      case UPHELD, REJECTED -> answered(state);
      case NONE ->
          tooLong("text", c.text())
              .orElseGet(
                  () ->
                      Decision.accept(
                          new ObjectionEvent.Raised(
                              c.matter(),
                              c.text().strip(),
                              calendar.plusWorkingDays(context.now(), limits.objectionDays()),
                              context.now())));
    };
  }

  private static Decision<ObjectionEvent> answer(
      ObjectionState state, ObjectionCommand.Answer c, Context context) {
    var provider = state.matter().map(ObjectionState.Matter::provider).orElse("");
    if (!c.party().equals(provider)) {
      return wrongParty("department: " + c.party(), provider);
    }
    if (state.status() != Status.OPEN) {
      return answered(state);
    }
    if (c.reason().isBlank()) {
      return Decision.refuse(
          ObjectionRefusal.OBJECTION_TEXT_INVALID,
          "reason: empty (expected: 1 to " + LONGEST_TEXT + " characters)");
    }
    return tooLong("reason", c.reason())
        .orElseGet(
            () ->
                Decision.accept(
                    new ObjectionEvent.Answered(
                        c.upheld(), c.reason().strip(), context.actor().person(), context.now())));
  }

  private static Decision<ObjectionEvent> escalate(ObjectionState state, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return wrongParty("role: " + context.actor().role(), Actor.PLATFORM);
    }
    if (state.status() != Status.OPEN) {
      return answered(state);
    }
    if (state.escalated()) {
      return Decision.accept();
    }
    var due = state.due().orElseThrow();
    return context.now().isAfter(due)
        ? Decision.accept(new ObjectionEvent.Escalated(due, context.now()))
        : Decision.refuse(
            ObjectionRefusal.OBJECTION_NOT_DUE,
            "now: " + context.now() + " (expected: after " + due + ")");
  }

  private static Optional<Decision<ObjectionEvent>> tooLong(String name, String text) {
    return text.length() <= LONGEST_TEXT
        ? Optional.empty()
        : Optional.of(
            Decision.refuse(
                ObjectionRefusal.OBJECTION_TEXT_INVALID,
                name
                    + ": "
                    + text.length()
                    + " characters (expected: at most "
                    + LONGEST_TEXT
                    + ")"));
  }

  private static Decision<ObjectionEvent> answered(ObjectionState state) {
    return Decision.refuse(
        ObjectionRefusal.OBJECTION_ANSWERED,
        "objection: "
            + state.status().name().toLowerCase(Locale.ROOT)
            + " (expected: one without an answer)");
  }

  private static Decision<ObjectionEvent> wrongParty(String found, String expected) {
    return Decision.refuse(
        ObjectionRefusal.OBJECTION_PARTY_WRONG, found + " (expected: " + expected + ")");
  }

  @Override
  public ObjectionState evolve(ObjectionState state, ObjectionEvent event) {
    return state.after(event);
  }
}
