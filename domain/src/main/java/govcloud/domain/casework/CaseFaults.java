package govcloud.domain.casework;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.AppDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Refusals that several commands of a case share; empty means that nothing is wrong. */
final class CaseFaults {

  /** Most characters of a title, a number or a name. */
  static final int LONGEST_TITLE = 1_000;

  /** Most characters of a remark. */
  static final int LONGEST_TEXT = 20_000;

  private CaseFaults() {}

  /** What is wrong with an original time, and with who gives it. */
  static Optional<Decision<CaseEvent>> timeFault(Optional<Instant> occurredAt, Context context) {
    var role = context.actor().role();
    if (occurredAt.isPresent() && !List.of(Actor.OPERATOR, Actor.IMPORTER).contains(role)) {
      return refused(
          CaseRefusal.CASE_TIME_NOT_ALLOWED,
          "occurred_at: given as " + role + " (expected: role importer or operator)");
    }
    return occurredAt.filter(at -> at.isAfter(context.now())).isPresent()
        ? refused(
            CaseRefusal.CASE_TIME_INVALID,
            "occurred_at: " + occurredAt.get() + " (expected: <= " + context.now() + ")")
        : Optional.empty();
  }

  /** Why a form cannot be used. */
  static Optional<Decision<CaseEvent>> formFault(FormReader.Reading form) {
    return form.readable()
        ? Optional.empty()
        : refused(
            CaseRefusal.CASE_FORM_UNREADABLE, "form: " + form.error() + " (expected: JSON object)");
  }

  /** What is wrong with a text that must be there. */
  static Optional<Decision<CaseEvent>> textFault(String what, String text, int longest) {
    return text.isBlank()
        ? refused(CaseRefusal.CASE_TEXT_INVALID, what + ": \"\" (expected: a text)")
        : lengthFault(what, text, longest);
  }

  /** What is wrong with a text that may be empty. */
  static Optional<Decision<CaseEvent>> lengthFault(String what, String text, int longest) {
    return text.length() > longest
        ? refused(
            CaseRefusal.CASE_TEXT_INVALID,
            what + ": " + text.length() + " characters (expected: <= " + longest + ")")
        : Optional.empty();
  }

  private static Optional<Decision<CaseEvent>> refused(CaseRefusal code, String message) {
    return Optional.of(Decision.refuse(code, message));
  }

  /** The catalogue does not have it (any more). */
  static Decision<CaseEvent> unknown(String definition, int version) {
    return Decision.refuse(
        CaseRefusal.CASE_DEFINITION_UNKNOWN,
        "definition: " + definition + " " + version + " (expected: an app of the catalogue)");
  }

  /** The role does not work in the app. */
  static Decision<CaseEvent> wrongRole(String role, AppDefinition definition) {
    return Decision.refuse(
        CaseRefusal.CASE_ROLE_NOT_ALLOWED,
        "role: "
            + role
            + " (expected: one of "
            + definition.roles().keySet().stream().sorted().toList()
            + ")");
  }
}
