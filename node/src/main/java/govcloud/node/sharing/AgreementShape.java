package govcloud.node.sharing;

import govcloud.domain.sharing.Activation;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.AgreementState.Proposal;
import govcloud.domain.sharing.AgreementState.Signature;
import govcloud.node.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Agreements as JSON. */
public final class AgreementShape {

  private AgreementShape() {}

  /** Whether a department is one of the two. */
  static boolean isParty(AgreementState state, String department) {
    return state
        .terms()
        .filter(terms -> terms.consumer().equals(department) || terms.provider().equals(department))
        .isPresent();
  }

  /** One in a list: without its terms. */
  static Map<String, Object> of(AgreementRow row) {
    var fields = new Fields().with("consumer", row.consumer()).with("agreement", row.agreement());
    var state = row.state();
    state
        .terms()
        .ifPresent(
            terms ->
                fields
                    .with("provider", terms.provider())
                    .with("resource", terms.resource())
                    .with("purpose", terms.purpose())
                    .with("valid_until", terms.validUntil()));
    fields.with("status", word(state.status()));
    state
        .proposal()
        .ifPresent(
            proposal ->
                fields
                    .with("stage", word(proposal.stage()))
                    .maybe("due", proposal.due())
                    .with("escalated", proposal.escalated()));
    return fields
        .maybe("activation", state.activation().map(AgreementShape::of))
        .with("version", row.version())
        .with("created_at", row.createdAt())
        .with("updated_at", row.updatedAt())
        .map();
  }

  /** All of one. */
  static Map<String, Object> of(
      String consumer, String agreement, long version, AgreementState state) {
    return new Fields()
        .with("consumer", consumer)
        .with("agreement", agreement)
        .with("status", word(state.status()))
        .maybe("reason", state.reason())
        .maybe("in_force", state.contract().map(AgreementShape::contract))
        .maybe("application", state.proposal().map(AgreementShape::proposal))
        .maybe("activation", state.activation().map(AgreementShape::of))
        .with("version", version)
        .map();
  }

  /** The last activation of an emergency agreement. */
  public static Map<String, Object> of(Activation activation) {
    return new Fields()
        .with("number", activation.number())
        .with("stage", word(activation.stage()))
        .with("reason", activation.reason())
        .with("incident", activation.incident())
        .with("requested_by", activation.requestedBy())
        .with("requested_at", activation.requestedAt())
        .maybe("activated_by", activation.activatedBy())
        .maybe("until", activation.until())
        .maybe("end", activation.end())
        .maybe("review_due", activation.reviewDue())
        .maybe("review", activation.review())
        .map();
  }

  private static Map<String, Object> contract(Contract contract) {
    return new Fields()
        .with("number", contract.number())
        .with("address", contract.address())
        .with("since", contract.since())
        .maybe("suspended_by", contract.heldBy())
        .with("signatures", signatures(contract.signatures()))
        .with("terms", contract.terms().document())
        .map();
  }

  private static Map<String, Object> proposal(Proposal proposal) {
    var terms = proposal.terms();
    return new Fields()
        .with("stage", word(proposal.stage()))
        .with("address", proposal.address())
        .maybe("due", proposal.due())
        .with("escalated", proposal.escalated())
        .with("signatures", signatures(proposal.signatures()))
        .with(
            "missing_signatures",
            new Fields()
                .with("provider", proposal.missing(terms.provider()))
                .with("consumer", proposal.missing(terms.consumer()))
                .map())
        .with("terms", terms.document())
        .map();
  }

  private static List<Map<String, Object>> signatures(List<Signature> signatures) {
    return signatures.stream()
        .map(
            signature ->
                new Fields()
                    .with("party", signature.party())
                    .with("person", signature.person())
                    .with("at", signature.at())
                    .map())
        .toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
