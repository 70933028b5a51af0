package govcloud.exchange.policy;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.TermsCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles filter and policy of terms, and runs the policy's examples: terms of which one comes out
 * otherwise than it says never take effect.
 */
public final class PolicyExamples implements TermsCheck {
  private static final String POLICY = "/policy";

  private final PolicyCompiler compiler = new PolicyCompiler();

  @Override
  public List<Refusal> faults(AgreementTerms terms, DataResource of) {
    List<Refusal> faults = new ArrayList<>();
    terms
        .rowFilter()
        .ifPresent(
            source -> {
              try {
                RowFilter.compile(source, of);
              } catch (PolicyException e) {
                faults.add(TermsCheck.fault("/row_filter", expected(e, "a condition")));
              }
            });
    terms.policy().ifPresent(policy -> check(policy, faults));
    return List.copyOf(faults);
  }

  private void check(govcloud.domain.sharing.Policy policy, List<Refusal> faults) {
    Policy compiled;
    try {
      compiled = compiler.compile(policy.source());
    } catch (PolicyException e) {
      faults.add(TermsCheck.fault(POLICY + "/source", expected(e, "a condition")));
      return;
    }
    for (int i = 0; i < policy.examples().size(); i++) {
      String at = POLICY + "/examples/" + i;
      var example = policy.examples().get(i);
      try {
        Verdict verdict = compiled.decide(PolicyInput.parse(example.input()));
        if (verdict.permit() != example.permit()) {
          String why = verdict.error().isEmpty() ? "" : " by error, " + verdict.error();
          faults.add(
              TermsCheck.fault(
                  at,
                  "%s: %s%s (expected: %s)"
                      .formatted(
                          example.name(), word(verdict.permit()), why, word(example.permit()))));
        }
      } catch (IllegalArgumentException e) {
        faults.add(TermsCheck.fault(at + "/input", String.valueOf(e.getMessage())));
      }
    }
  }

  private static String expected(PolicyException e, String what) {
    String message = String.valueOf(e.getMessage());
    return message.contains("(expected: ") ? message : message + " (expected: " + what + ")";
  }

  private static String word(boolean permit) {
    return permit ? "permitted" : "denied";
  }
}
