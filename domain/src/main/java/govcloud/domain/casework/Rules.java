package govcloud.domain.casework;

import govcloud.domain.Actor;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.AppDefinition.Action;
import govcloud.domain.catalogue.AppDefinition.GuardRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one version of an app lets people do with a case. */
final class Rules {

  /** Roles that may do whatever a role of any app may; the platform acts when a limit ends. */
  private static final List<String> EVERYWHERE =
      List.of(Actor.OPERATOR, Actor.IMPORTER, Actor.PLATFORM);

  private final AppDefinition definition;
  private final FormReader forms;

  Rules(AppDefinition definition, FormReader forms) {
    this.definition = definition;
    this.forms = forms;
  }

  /** Whether the role may work in the app at all. */
  boolean mayWork(String role) {
    return EVERYWHERE.contains(role)
        || definition.roles().isEmpty()
        || definition.roles().containsKey(role);
  }

  /** Whether one of {@code roles} is meant; none named means every role of the app. */
  boolean may(String role, List<String> roles) {
    return roles.isEmpty() ? mayWork(role) : EVERYWHERE.contains(role) || roles.contains(role);
  }

  /** Names of the actions that the process allows to a role in a process state, sorted. */
  List<String> allowed(String status, String role) {
    var state = definition.states().get(status);
    return state == null
        ? List.of()
        : definition.actions().values().stream()
            .filter(action -> action.isPossibleIn(state) && may(role, action.roles()))
            .map(Action::name)
            .sorted()
            .toList();
  }

  /** The action if process and role allow it; otherwise why not, with those that are allowed. */
  Optional<Decision<CaseEvent>> processFault(CaseState state, String name, String role) {
    var allowed = allowed(state.status(), role);
    if (allowed.contains(name)) {
      return Optional.empty();
    }
    var action = definition.actions().get(name);
    var here = definition.states().get(state.status());
    var expected = allowed.isEmpty() ? "no action" : String.join(", ", allowed);
    var message =
        "action: "
            + name
            + " in state "
            + state.status()
            + " as "
            + role
            + " (expected: "
            + expected
            + ")";
    var code = CaseRefusal.CASE_ACTION_NOT_ALLOWED;
    if (action == null) {
      code = CaseRefusal.CASE_ACTION_UNKNOWN;
    } else if (here != null && action.isPossibleIn(here)) {
      code = CaseRefusal.CASE_ROLE_NOT_ALLOWED;
    }
    return Optional.of(refuse(code, message, Map.of("allowed_actions", String.join(",", allowed))));
  }

  /** The first guard that does not hold, as a refusal. */
  Optional<Decision<CaseEvent>> guardFault(List<GuardRule> guards, Map<String, Object> variables) {
    for (var rule : guards) {
      var verdict = rule.guard().test(variables);
      if (verdict.allowed()) {
        continue;
      }
      var failed = verdict.error() != null && !verdict.error().isEmpty();
      var facts = new LinkedHashMap<String, String>();
      facts.put("guard", rule.guard().expression());
      facts.put("message_zh", rule.message().zh());
      facts.put("message_en", rule.message().en());
      if (failed) {
        facts.put("error", verdict.error());
        return Optional.of(
            refuse(
                CaseRefusal.CASE_GUARD_FAILED,
                "guard: "
                    + rule.guard().expression()
                    + ": "
                    + verdict.error()
                    + " (expected: true or false)",
                facts));
      }
      return Optional.of(refuse(CaseRefusal.CASE_GUARD_NOT_MET, rule.message().en(), facts));
    }
    return Optional.empty();
  }

  /** What guards see. */
  static Map<String, Object> variables(
      Map<String, Object> form,
      Map<String, Object> actionForm,
      String status,
      Actor actor,
      Applicant applicant,
      Doers doers) {
    return Map.of(
        "form",
        form,
        "action_form",
        actionForm,
        "state",
        status,
        "role",
        actor.role(),
        "person",
        actor.person(),
        "applicant",
        applicant.variables(),
        "opened_by",
        doers.openedBy(),
        "own_actions",
        doers.actionsOf(actor.person()));
  }

  /** Reads a form; an empty text is an empty form. */
  FormReader.Reading read(String form) {
    return form.isEmpty() ? FormReader.Reading.of(Map.of()) : forms.read(form);
  }

  /** How many days the action's form adds to which clocks, or what is wrong with them. */
  Extensions extensions(Action action, Map<String, Object> form, Map<String, ClockState> clocks) {
    var days = new LinkedHashMap<String, Integer>();
    for (var extension : action.extendsClocks()) {
      var clock = clocks.get(extension.clock());
      var most = extension.maximumDays() - (clock == null ? 0 : clock.extendedDays());
      var value = form.get(extension.daysField());
      var wholeDays = value instanceof Number number ? number.doubleValue() : Double.NaN;
      if (!(wholeDays >= 1 && wholeDays <= most && wholeDays == Math.rint(wholeDays))) {
        return new Extensions(
            Map.of(),
            extension.daysField()
                + ": "
                + value
                + " (expected: 1 to "
                + most
                + " whole working days for clock "
                + extension.clock()
                + ")");
      }
      days.put(extension.clock(), (int) wholeDays);
    }
    return new Extensions(days, "");
  }

  /** Working days to add by clock name, or a fault. */
  record Extensions(Map<String, Integer> days, String fault) {}

  private static Decision<CaseEvent> refuse(
      RefusalCode code, String message, Map<String, String> facts) {
    var refusal = new Refusal(code.name(), code.kind(), message, facts);
    return new Decision.Refused<>(refusal);
  }
}
