package govcloud.exchange.gate;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.policy.PolicyInput;
import govcloud.exchange.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides on a query: pure, and each step can only narrow what the one before let through. Messages
 * name what is wrong and never the data subject.
 */
public final class Gate {
  private Gate() {}

  /** The ruling on a query under an agreement of which the consumer is a party. */
  public static Ruling decide(Agreed agreed, CitedCase cited, Query query) {
    return agreement(agreed, query)
        .or(() -> mode(agreed, query))
        .or(() -> cited(agreed, cited, query))
        .or(() -> fields(agreed, query))
        .map(Ruling::refused)
        .orElseGet(() -> policy(agreed, cited, query));
  }

  /** Whether the agreement lets this department ask at all, at this moment. */
  public static Optional<Refusal> agreement(Agreed agreed, Query query) {
    if (!agreed.terms().consumer().equals(query.consumer())) {
      return refuse(
          ExchangeRefusal.EXCHANGE_AGREEMENT_UNKNOWN,
          "agreement: " + agreed.id() + " (expected: one of " + query.consumer() + ")");
    }
    if (!agreed.effective()) {
      return refuse(
          ExchangeRefusal.EXCHANGE_AGREEMENT_NOT_IN_FORCE,
          "agreement: " + agreed.id() + " suspended or ended (expected: in force)");
    }
    if (!agreed.terms().validAt(query.at())) {
      return refuse(
          ExchangeRefusal.EXCHANGE_AGREEMENT_NOT_IN_FORCE,
          "agreement: %s in force from %s to %s (expected: now, %s)"
              .formatted(
                  agreed.id(),
                  agreed.terms().validFrom(),
                  agreed.terms().validUntil(),
                  query.at()));
    }
    if (agreed.sleepsAt(query.at())) {
      return refuse(
          ExchangeRefusal.EXCHANGE_EMERGENCY_NOT_ACTIVE,
          "emergency agreement: " + agreed.id() + " not activated (expected: by two people)");
    }
    return Optional.empty();
  }

  /** Who may ask for single records may not ask for all of them, nor the other way round. */
  private static Optional<Refusal> mode(Agreed agreed, Query query) {
    return agreed.terms().mode().equals(query.mode())
        ? Optional.empty()
        : refuse(
            ExchangeRefusal.EXCHANGE_MODE_NOT_AGREED,
            "mode: %s (expected: %s, by agreement %s)"
                .formatted(word(query.mode()), word(agreed.terms().mode()), agreed.id()));
  }

  private static String word(Optional<Mode> mode) {
    return mode.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("query");
  }

  /** Terms that name no matter need no case. */
  private static Optional<Refusal> cited(Agreed agreed, CitedCase cited, Query query) {
    if (agreed.terms().matters().isEmpty()) {
      return Optional.empty();
    }
    if (!cited.exists()) {
      return refuse(
          ExchangeRefusal.EXCHANGE_CASE_UNKNOWN,
          "case: " + query.caseId() + " (expected: one that exists)");
    }
    if (cited.finished()) {
      return refuse(
          ExchangeRefusal.EXCHANGE_CASE_CLOSED,
          "case: " + query.caseId() + " " + cited.state() + " (expected: not finished)");
    }
    if (!agreed.terms().matters().contains(cited.matter())) {
      return refuse(
          ExchangeRefusal.EXCHANGE_CASE_OTHER_MATTER,
          "case: of %s (expected: one of %s)"
              .formatted(cited.matter(), new TreeSet<>(agreed.terms().matters())));
    }
    if (cited.assignee().isEmpty() || !cited.assignee().equals(query.person())) {
      return refuse(
          ExchangeRefusal.EXCHANGE_CASE_NOT_YOURS,
          "case: "
              + query.caseId()
              + " handled by "
              + (cited.assignee().isEmpty() ? "nobody" : "somebody else")
              + " (expected: "
              + query.person()
              + ")");
    }
    if (query.subject().isEmpty() || !cited.parties().contains(query.subject())) {
      return refuse(
          ExchangeRefusal.EXCHANGE_SUBJECT_NOT_PARTY,
          "subject: not in case " + query.caseId() + " (expected: a party to it)");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> fields(Agreed agreed, Query query) {
    List<String> names = names(agreed.terms().fields());
    return query.fields().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .flatMap(
            name ->
                refuse(
                    ExchangeRefusal.EXCHANGE_FIELD_NOT_AGREED,
                    "field: " + name + " (expected: one of " + names + ")"));
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::item).toList();
  }

  private static Ruling policy(Agreed agreed, CitedCase cited, Query query) {
    List<Field> wanted =
        agreed.terms().fields().stream()
            .filter(field -> query.fields().isEmpty() || query.fields().contains(field.item()))
            .toList();
    if (agreed.policy().isEmpty()) {
      return new Ruling(Optional.empty(), wanted, Optional.empty(), Optional.empty());
    }
    // Without matters nobody has looked at the case: the policy is told nothing of it either.
    CitedCase known = agreed.terms().matters().isEmpty() ? CitedCase.NONE : cited;
    PolicyInput input =
        PolicyInput.of(
            query.consumer(),
            query.role(),
            known.matter(),
            known.state(),
            agreed.terms().purpose().zh(),
            query.subjectKind(),
            names(wanted),
            query.at());
    Verdict verdict = agreed.policy().get().decide(input);
    if (verdict.permit()) {
      return new Ruling(Optional.empty(), wanted, Optional.of(input), Optional.of(verdict));
    }
    String why = verdict.error().isEmpty() ? "false" : "an error: " + verdict.error();
    return new Ruling(
        refuse(
            ExchangeRefusal.EXCHANGE_POLICY_DENIED,
            "policy of " + agreed.id() + ": " + why + " (expected: true)"),
        List.of(),
        Optional.of(input),
        Optional.of(verdict));
  }

  private static Optional<Refusal> refuse(ExchangeRefusal code, String message) {
    return Optional.of(Refusal.of(code, message));
  }
}
