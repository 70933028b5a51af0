package govcloud.domain.subject;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.Roles;
import java.util.Set;

/**
 * A person whose data a department has, under a pseudonym. Holds keep the data from being erased;
 * an erasure is a tombstone that names the destroyed key, so that it stays destroyed when a cloud
 * is rebuilt.
 */
public final class Subject implements Aggregate<SubjectCommand, SubjectEvent, SubjectState> {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_REASON = 1_000;
  private static final int MOST_HOLDS = 100;
  private static final Set<String> MAY_HOLD = Set.of(Roles.SECURITY);
  private static final Set<String> MAY_ERASE =
      Set.of(Roles.SECURITY, Actor.OPERATOR, Actor.PLATFORM);

  @Override
  public String type() {
    return "subject";
  }

  @Override
  public String status(SubjectState state) {
    if (state.isHeld()) {
      return "held";
    }
    return state.erasures().isEmpty() ? "free" : "erased";
  }

  @Override
  public SubjectState initial() {
    return SubjectState.NONE;
  }

  @Override
  public Decision<SubjectEvent> decide(
      SubjectState state, SubjectCommand command, Context context) {
    var role = context.actor().role();
    var may = command instanceof SubjectCommand.Erase ? MAY_ERASE : MAY_HOLD;
    if (!may.contains(role)) {
      return Decision.refuse(
          SubjectRefusal.SUBJECT_ROLE_WRONG,
          "role: " + role + " (expected: one of " + may.stream().sorted().toList() + ")");
    }
    if (command instanceof SubjectCommand.Hold c) {
      return hold(state, c, context);
    } else if (command instanceof SubjectCommand.Release c) {
      return state.holds().containsKey(c.hold())
          ? Decision.accept(
              new SubjectEvent.Released(c.hold(), context.actor().person(), context.now()))
          : Decision.refuse(
              SubjectRefusal.SUBJECT_HOLD_NOT_FOUND,
              "hold: none of this name (expected: one of " + state.holds().keySet() + ")");
    } else if (command instanceof SubjectCommand.Erase c) {
      return erase(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<SubjectEvent> hold(
      SubjectState state, SubjectCommand.Hold c, Context context) {
    var name = c.hold().strip();
    var reason = c.reason().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return invalid("hold", name.length(), LONGEST_NAME);
    } else if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      return invalid("reason", reason.length(), LONGEST_REASON);
    }
    var known = state.holds().get(name);
    if (known != null) {
      return known.reason().equals(reason)
          ? Decision.accept()
          : Decision.refuse(
              SubjectRefusal.SUBJECT_HOLD_EXISTS,
              "hold: " + name + " for another reason (expected: a name of its own for each)");
    } else if (state.holds().size() >= MOST_HOLDS) {
      return Decision.refuse(
          SubjectRefusal.SUBJECT_INVALID,
          "holds: " + MOST_HOLDS + " (expected: at most " + MOST_HOLDS + ")");
    }
    return Decision.accept(
        new SubjectEvent.Held(name, reason, context.actor().person(), context.now()));
  }

  private static Decision<SubjectEvent> erase(
      SubjectState state, SubjectCommand.Erase c, Context context) {
    if (c.key().isBlank() || c.operation().isBlank()) {
      return invalid("key or operation", 0, LONGEST_NAME);
    } else if (state.isErased(c.key())) {
      return Decision.accept();
    } else if (state.isHeld()) {
      return Decision.refuse(
          SubjectRefusal.SUBJECT_HELD,
          "holds: " + state.holds().keySet() + " (expected: none, before data are erased)");
    }
    return Decision.accept(
        new SubjectEvent.Erased(c.key(), c.basis(), c.operation(), context.now()));
  }

  private static Decision<SubjectEvent> invalid(String name, int length, int longest) {
    return Decision.refuse(
        SubjectRefusal.SUBJECT_INVALID,
        name + ": " + length + " characters (expected: 1 to " + longest + ")");
  }

  @Override
  public SubjectState evolve(SubjectState state, SubjectEvent event) {
    return state.after(event);
  }
}
