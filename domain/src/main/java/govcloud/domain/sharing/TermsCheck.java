package govcloud.domain.sharing;

import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import java.util.List;

/**
 * Checks what only a program can: that filter and policy of terms compile, and that the policy's
 * examples come out as they must. Pure: the same terms give the same faults anywhere.
 */
public interface TermsCheck {

  /** What is wrong, each with its place; nothing if the terms may take effect. */
  List<Refusal> faults(AgreementTerms terms, DataResource of);

  /** Understands no expressions: refuses terms that have one rather than not to hold them. */
  static TermsCheck withoutExpressions() {
    return (terms, of) -> {
      var faults = new Faults(AgreementRefusal.AGREEMENT_INVALID);
      faults.require(
          terms.rowFilter().isEmpty(), "/row_filter", "given", "none, for none is evaluated");
      faults.require(terms.policy().isEmpty(), "/policy", "given", "none, for none is evaluated");
      return faults.found();
    };
  }

  /** Faults of an expression with the usual code. */
  static Refusal fault(String at, String message) {
    RefusalCode code = AgreementRefusal.AGREEMENT_INVALID;
    return Refusal.of(code, at + ": " + message).with(Faults.AT, at);
  }
}
