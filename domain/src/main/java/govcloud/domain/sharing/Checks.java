package govcloud.domain.sharing;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is asked of whoever does something to an agreement; empty where nothing is wrong. */
final class Checks {

  private Checks() {}

  static Optional<Decision<AgreementEvent>> operator(Context context) {
    var role = context.actor().role();
    return role.equals(Actor.OPERATOR)
        ? Optional.empty()
        : refuse(
            AgreementRefusal.AGREEMENT_PARTY_WRONG,
            "role: " + role + " (expected: " + Actor.OPERATOR + ")");
  }

  static Optional<Decision<AgreementEvent>> party(String party, String... expected) {
    return List.of(expected).contains(party)
        ? Optional.empty()
        : Optional.of(wrongParty(party, String.join(" or ", expected)));
  }

  static Decision<AgreementEvent> wrongParty(String party, String expected) {
    return Decision.refuse(
        AgreementRefusal.AGREEMENT_PARTY_WRONG,
        "department: " + party + " (expected: " + expected + ")");
  }

  static Optional<Decision<AgreementEvent>> inPerson(Actor actor) {
    return actor.account().isEmpty()
        ? Optional.empty()
        : refuse(
            AgreementRefusal.AGREEMENT_SIGNER_INDIRECT,
            actor.person() + ": through " + actor.account() + " (expected: in person)");
  }

  static Optional<Decision<AgreementEvent>> reason(String reason) {
    return text("reason", reason, Faults.LONGEST_TEXT);
  }

  static Optional<Decision<AgreementEvent>> text(String name, String value, int longest) {
    return Faults.isText(value, longest)
        ? Optional.empty()
        : refuse(AgreementRefusal.AGREEMENT_TEXT_INVALID, Faults.badText(name, value, longest));
  }

  static Decision<AgreementEvent> wrong(String found, String expected) {
    return Decision.refuse(
        AgreementRefusal.AGREEMENT_STATE_WRONG, found + " (expected: " + expected + ")");
  }

  static Optional<Decision<AgreementEvent>> refuse(AgreementRefusal code, String message) {
    return Optional.of(Decision.refuse(code, message));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
