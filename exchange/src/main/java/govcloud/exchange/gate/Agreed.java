package govcloud.exchange.gate;

import govcloud.domain.sharing.Activation;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.DataResource;
import govcloud.exchange.policy.Policy;
import govcloud.exchange.policy.PolicyCompiler;
import govcloud.exchange.policy.PolicyException;
import govcloud.exchange.policy.RowFilter;
import java.time.Instant;
import java.util.Optional;

/**
 * What two departments agreed on, ready to be decided by.
 *
 * @param id of the agreement
 * @param address of the terms
 * @param resource the version of the resource that the terms name
 * @param effective whether nobody has suspended or ended it
 * @param policy decides when everything else agrees
 * @param filter which records may be shown
 * @param cloud the other cloud that has the data and decides; empty: this one
 * @param activation the last of an emergency agreement, in effect or over
 */
public record Agreed(
    String id,
    AgreementTerms terms,
    String address,
    DataResource resource,
    boolean effective,
    Optional<Policy> policy,
    Optional<RowFilter> filter,
    Optional<String> cloud,
    Optional<Activation> activation) {

  /**
   * Compiles what was agreed on.
   *
   * @throws PolicyException if policy or filter are none, which was checked before they were signed
   */
  public static Agreed of(
      String id, AgreementTerms terms, String address, DataResource resource, boolean effective)
      throws PolicyException {
    Optional<Policy> policy = Optional.empty();
    if (terms.policy().isPresent()) {
      policy = Optional.of(new PolicyCompiler().compile(terms.policy().get().source()));
    }
    Optional<RowFilter> filter = Optional.empty();
    if (terms.rowFilter().isPresent()) {
      filter = Optional.of(RowFilter.compile(terms.rowFilter().get(), resource));
    }
    return new Agreed(
        id,
        terms,
        address,
        resource,
        effective,
        policy,
        filter,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What another cloud's department agreed to give: policy and filter are that cloud's to apply.
   */
  public static Agreed elsewhere(
      String id, AgreementTerms terms, String address, DataResource resource, String cloud) {
    return new Agreed(
        id,
        terms,
        address,
        resource,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.of(cloud),
        Optional.empty());
  }

  /** The same terms, as they stand now. */
  public Agreed as(String agreement, boolean isEffective) {
    return new Agreed(
        agreement, terms, address, resource, isEffective, policy, filter, cloud, activation);
  }

  /** The same terms of an emergency agreement, whose last activation is this one. */
  public Agreed during(Optional<Activation> last) {
    return new Agreed(id, terms, address, resource, effective, policy, filter, cloud, last);
  }

  /** The activation because of which an emergency agreement gives data at a moment. */
  public Optional<Activation> activationAt(Instant now) {
    return activation.filter(one -> one.holdsAt(now));
  }

  /** Whether it gives nothing at a moment because nobody has activated it where the data are. */
  boolean sleepsAt(Instant now) {
    return terms.emergencyDays().isPresent() && cloud.isEmpty() && activationAt(now).isEmpty();
  }
}
