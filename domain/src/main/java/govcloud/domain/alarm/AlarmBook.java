package govcloud.domain.alarm;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;

/** Alarms of one kind of work: each is raised once and cleared once, whoever sees it how often. */
public final class AlarmBook implements Aggregate<AlarmCommand, AlarmEvent, AlarmState> {

  /** So many alarms can be raised at the same time. */
  public static final int MOST_RAISED = 500;

  private static final int LONGEST_NAME = 400;
  private static final int LONGEST_DETAIL = 2000;

  @Override
  public String type() {
    return "alarms";
  }

  @Override
  public String status(AlarmState state) {
    return state.raised().isEmpty() ? "quiet" : "raised";
  }

  @Override
  public AlarmState initial() {
    return AlarmState.EMPTY;
  }

  @Override
  public Decision<AlarmEvent> decide(AlarmState state, AlarmCommand command, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return Decision.refuse(
          AlarmRefusal.ALARM_PLATFORM_ONLY,
          "role: " + context.actor().role() + " (expected: " + Actor.PLATFORM + ")");
    }
    if (command instanceof AlarmCommand.Raise c) {
      return raise(state, c, context);
    } else if (command instanceof AlarmCommand.Clear c) {
      return state.raised(c.kind(), c.subject()).isPresent()
          ? Decision.accept(new AlarmEvent.Cleared(c.kind(), c.subject(), context.now()))
          : Decision.accept();
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<AlarmEvent> raise(
      AlarmState state, AlarmCommand.Raise c, Context context) {
    if (state.raised(c.kind(), c.subject()).isPresent()) {
      return Decision.accept();
    }
    if (!c.kind().matches("[A-Z][A-Z0-9_]{2,63}")) {
      return Decision.refuse(
          AlarmRefusal.ALARM_INVALID, "kind: '" + c.kind() + "' (expected: as SIBLING_AWAY)");
    }
    if (c.subject().isEmpty() || c.subject().length() > LONGEST_NAME) {
      return Decision.refuse(
          AlarmRefusal.ALARM_INVALID,
          "subject: " + c.subject().length() + " characters (expected: 1 to " + LONGEST_NAME + ")");
    }
    if (state.raised().size() >= MOST_RAISED) {
      return Decision.refuse(
          AlarmRefusal.ALARM_INVALID,
          "raised: " + state.raised().size() + " (expected: below " + MOST_RAISED + ")");
    }
    String detail = c.detail().substring(0, Math.min(c.detail().length(), LONGEST_DETAIL));
    return Decision.accept(
        new AlarmEvent.Raised(c.kind(), c.subject(), detail, c.node(), c.since(), context.now()));
  }

  @Override
  public AlarmState evolve(AlarmState state, AlarmEvent event) {
    return state.after(event);
  }
}
