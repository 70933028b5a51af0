package govcloud.domain.app;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.app.AppInstanceState.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refusals that several commands of a rented app share; empty means that nothing is wrong. */
final class AppInstanceFaults {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final List<String> OPERATING = List.of(Actor.OPERATOR, Actor.PLATFORM);

  private AppInstanceFaults() {}

  /** One word for where the app is in its life. */
  static String word(AppInstanceState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with an identifier. */
  static Optional<Decision<AppInstanceEvent>> identifierFault(String what, String value) {
    return IDENTIFIER.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            Decision.refuse(
                AppInstanceRefusal.APP_IDENTIFIER_INVALID,
                what + ": " + value + " (expected: ^" + IDENTIFIER.pattern() + "$)"));
  }

  /** Why this person may not ask this now, whatever comes with it. */
  static Optional<Decision<AppInstanceEvent>> precondition(
      AppInstanceState state, AppInstanceCommand command, Actor actor) {
    var platforms =
        command instanceof AppInstanceCommand.CompleteProvisioning
            || command instanceof AppInstanceCommand.FailProvisioning;
    if (platforms && !actor.role().equals(Actor.PLATFORM)) {
      return Optional.of(
          Decision.refuse(
              AppInstanceRefusal.APP_PLATFORM_ONLY,
              "role: " + actor.role() + " (expected: platform)"));
    }
    var decides =
        command instanceof AppInstanceCommand.Approve
            || command instanceof AppInstanceCommand.Refuse;
    var mayAsk =
        command instanceof AppInstanceCommand.AllocateNumber
            || (decides ? actor.role().equals(Actor.OPERATOR) : OPERATING.contains(actor.role()));
    if (!mayAsk) {
      return Optional.of(
          Decision.refuse(
              AppInstanceRefusal.APP_OPERATOR_ONLY,
              "role: " + actor.role() + " (expected: operator)"));
    }
    if (state.status() == Status.VACANT) {
      return Optional.of(
          Decision.refuse(
              AppInstanceRefusal.APP_NOT_FOUND, "app: vacant (expected: applied for before)"));
    }
    if (state.status() == Status.TERMINATED && !(command instanceof AppInstanceCommand.Terminate)) {
      return Optional.of(
          Decision.refuse(
              AppInstanceRefusal.APP_TERMINATED, "app: terminated (expected: not terminated)"));
    }
    return Optional.empty();
  }

  /** Why this person may not decide on the application. */
  static Optional<Decision<AppInstanceEvent>> decisionFault(
      AppInstanceState state, Context context) {
    if (state.status() != Status.REQUESTED) {
      return Optional.of(expected(AppInstanceRefusal.APP_NOT_REQUESTED, state, "requested"));
    }
    var person = context.actor().person();
    return person.equals(state.applicant())
        ? Optional.of(
            Decision.refuse(
                AppInstanceRefusal.APP_OWN_REQUEST,
                "person: " + person + " applied (expected: somebody else to decide)"))
        : Optional.empty();
  }

  /** The catalogue does not have it. */
  static Decision<AppInstanceEvent> unknown(String name, Optional<Integer> version) {
    return Decision.refuse(
        AppInstanceRefusal.APP_DEFINITION_UNKNOWN,
        "definition: "
            + name
            + version.map(v -> " " + v).orElse("")
            + " (expected: an app of the catalogue)");
  }

  /** The app is in another state. */
  static Decision<AppInstanceEvent> expected(
      AppInstanceRefusal code, AppInstanceState state, String expected) {
    return Decision.refuse(code, "app: " + word(state) + " (expected: " + expected + ")");
  }

  /** What is wrong with a plan. */
  static Optional<Decision<AppInstanceEvent>> planFault(AppPlan plan) {
    return plan.seats() < 1 || plan.cases() < 1
        ? Optional.of(
            Decision.refuse(
                AppInstanceRefusal.APP_PLAN_INVALID,
                "plan: "
                    + plan.seats()
                    + " seats, "
                    + plan.cases()
                    + " cases (expected: each >= 1)"))
        : Optional.empty();
  }

  /** What is wrong with a reason. */
  static Optional<Decision<AppInstanceEvent>> reasonFault(String reason) {
    return reason.isBlank()
        ? Optional.of(
            Decision.refuse(
                AppInstanceRefusal.APP_REASON_MISSING, "reason: \"\" (expected: a reason)"))
        : Optional.empty();
  }
}
