package govcloud.domain.correction;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.WorkingCalendar;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.correction.CorrectionState.Status;
import govcloud.domain.identity.Roles;
import govcloud.domain.sharing.SharingLimits;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody holds a value that was given out to be wrong: whose value it is, or the department that
 * received it. The department that gave it corrects it, and tells everyone who received it by a
 * recall, or says why it is right. Silence is told of, and ends nothing.
 */
public final class Correction
    implements Aggregate<CorrectionCommand, CorrectionEvent, CorrectionState> {

  private static final int LONGEST_TEXT = 1_000;

  /** Sealed, a value is longer than it was. */
  private static final int LONGEST_VALUE = 8_000;

  private final WorkingCalendar calendar;
  private final SharingLimits limits;

  /**
   * The rules.
   *
   * @param calendar which days count
   * @param limits how long the answer may take
   */
  public Correction(WorkingCalendar calendar, SharingLimits limits) {
    this.calendar = calendar;
    this.limits = limits;
  }

  @Override
  public String type() {
    return "correction";
  }

  @Override
  public String status(CorrectionState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public CorrectionState initial() {
    return CorrectionState.NONE;
  }

  @Override
  public Decision<CorrectionEvent> decide(
      CorrectionState state, CorrectionCommand command, Context context) {
    if (command instanceof CorrectionCommand.Ask c) {
      return ask(state, c, context);
    } else if (state.status() == Status.NONE) {
      return Decision.refuse(
          CorrectionRefusal.CORRECTION_NOT_FOUND,
          "correction: none (expected: one that was asked for)");
    } else if (command instanceof CorrectionCommand.Accept c) {
      return answerable(state, c.party(), c.reason())
          .orElseGet(
              () ->
                  Decision.accept(
                      new CorrectionEvent.Accepted(
                          c.recall(),
                          c.reason().strip(),
                          context.actor().person(),
                          context.now())));
    } else if (command instanceof CorrectionCommand.Refuse c) {
      return answerable(state, c.party(), c.reason())
          .orElseGet(
              () ->
                  Decision.accept(
                      new CorrectionEvent.Refused(
                          c.reason().strip(), context.actor().person(), context.now())));
    } else if (command instanceof CorrectionCommand.Escalate) {
      return escalate(state, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Decision<CorrectionEvent> ask(
      CorrectionState state, CorrectionCommand.Ask c, Context context) {
    var isCitizen = context.actor().role().equals(Roles.CITIZEN);
    if (isCitizen != (c.matter().asker() == Asker.CITIZEN)) {
      return wrongParty(
          "role: " + context.actor().role(),
          isCitizen ? "a clerk for an office" : "a citizen for a citizen");
    }
    return switch (state.status()) {
      case OPEN -> isSame(state, c) ? Decision.accept() : exists();
      case ACCEPTED, REFUSED -> answered(state);
      case NONE ->
          text("reason", c.reason(), LONGEST_TEXT)
              .or(() -> text("value", c.value(), LONGEST_VALUE))
              .orElseGet(
                  () ->
                      Decision.accept(
                          new CorrectionEvent.Asked(
                              c.matter(),
                              c.value(),
                              c.reason().strip(),
                              calendar.plusWorkingDays(context.now(), limits.correctionDays()),
                              context.now())));
    };
  }

  private static boolean isSame(CorrectionState state, CorrectionCommand.Ask c) {
    return state.matter().filter(c.matter()::equals).isPresent()
        && state.value().equals(c.value())
        && state.reason().equals(c.reason().strip());
  }

  private static Decision<CorrectionEvent> exists() {
    return Decision.refuse(
        CorrectionRefusal.CORRECTION_ALREADY_EXISTS,
        "correction: waits for its answer (expected: one for each value)");
  }

  private static Optional<Decision<CorrectionEvent>> answerable(
      CorrectionState state, String party, String reason) {
    var provider = state.matter().map(CorrectionState.Matter::provider).orElse("");
    if (!party.equals(provider)) {
      return Optional.of(wrongParty("department: " + party, provider));
    }
    return state.status() == Status.OPEN
        ? text("reason", reason, LONGEST_TEXT)
        : Optional.of(answered(state));
  }

  private static Decision<CorrectionEvent> escalate(CorrectionState state, Context context) {
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
        ? Decision.accept(new CorrectionEvent.Escalated(due, context.now()))
        : Decision.refuse(
            CorrectionRefusal.CORRECTION_NOT_DUE,
            "now: " + context.now() + " (expected: after " + due + ")");
  }

  private static Optional<Decision<CorrectionEvent>> text(String name, String text, int longest) {
    var length = text.strip().length();
    return length >= 1 && length <= longest
        ? Optional.empty()
        : Optional.of(
            Decision.refuse(
                CorrectionRefusal.CORRECTION_TEXT_INVALID,
                "%s: %d characters (expected: 1 to %d)".formatted(name, length, longest)));
  }

  private static Decision<CorrectionEvent> answered(CorrectionState state) {
    return Decision.refuse(
        CorrectionRefusal.CORRECTION_ANSWERED,
        "correction: "
            + state.status().name().toLowerCase(Locale.ROOT)
            + " (expected: one without an answer)");
  }

  private static Decision<CorrectionEvent> wrongParty(String found, String expected) {
    return Decision.refuse(
        CorrectionRefusal.CORRECTION_PARTY_WRONG, found + " (expected: " + expected + ")");
  }

  @Override
  public CorrectionState evolve(CorrectionState state, CorrectionEvent event) {
    return state.after(event);
  }
}
