package govcloud.exchange.gate;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.exchange.policy.PolicyInput;
import govcloud.exchange.policy.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What the gate says to a query.
 *
 * @param refusal why it does not pass; none: it passes
 * @param fields what is let out; empty where it does not pass
 * @param input what the policy looked at; none: it was not asked
 * @param verdict what the policy said; none: it was not asked
 */
public record Ruling(
    Optional<Refusal> refusal,
    List<Field> fields,
    Optional<PolicyInput> input,
    Optional<Verdict> verdict) {

  public Ruling {
    fields = List.copyOf(fields);
  }

  static Ruling refused(Refusal refusal) {
    return new Ruling(Optional.of(refusal), List.of(), Optional.empty(), Optional.empty());
  }

  /** The same query, refused for another reason than the gate's. */
  public Ruling refusedFor(Refusal why) {
    return new Ruling(Optional.of(why), List.of(), input, verdict);
  }

  /** Whether it passes. */
  public boolean permit() {
    return refusal.isEmpty();
  }
}
