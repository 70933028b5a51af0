package govcloud.node.exchange;

import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.AgreementState.Status;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.ResourceState;
import govcloud.domain.tenant.TenantState;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.policy.PolicyException;
import govcloud.node.sharing.Agreements;
import govcloud.node.tenant.ActiveTenants;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles what departments agreed on, and keeps that: terms never change. */
final class SharedTerms implements AgreedTerms {

  private static final int MOST_KEPT = 1_000;

  private final Agreements agreements;
  private final ActiveTenants tenants;
  private final Map<String, Agreed> compiled = new ConcurrentHashMap<>();

  SharedTerms(Agreements agreements, ActiveTenants tenants) {
    this.agreements = agreements;
    this.tenants = tenants;
  }

  @Override
  public CompletionStage<Optional<Agreed>> find(String consumer, String agreement) {
    return agreements
        .find(consumer, agreement)
        .thenCompose(
            found ->
                found
                    .flatMap(AgreementState::contract)
                    .map(contract -> agreed(agreement, contract))
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
                    .thenApply(
                        agreed ->
                            agreed.map(
                                one -> one.during(found.flatMap(AgreementState::activation)))));
  }

  /** Terms end for a while with each party's work, and for good with the resource. */
  private CompletionStage<Optional<Agreed>> agreed(String id, Contract contract) {
    var terms = contract.terms();
    return works(terms.provider())
        .thenCombine(works(terms.consumer()), Boolean::logicalAnd)
        .thenCombine(
            agreements.resource(terms.provider(), terms.resource()),
            (working, found) ->
                found.flatMap(
                    resource -> {
                      var effective =
                          working
                              && contract.status() == Status.EFFECTIVE
                              && resource.status() == ResourceState.Status.PUBLISHED;
                      return resource
                          .version(terms.resourceVersion())
                          .map(version -> kept(id, contract, version.content(), effective));
                    }));
  }

  private CompletionStage<Boolean> works(String tenant) {
    return tenants.look(tenant).thenApply(state -> state.status() == TenantState.Status.ACTIVE);
  }

  private Agreed kept(String id, Contract contract, DataResource resource, boolean effective) {
    var kept = compiled.get(contract.address());
    return kept != null ? kept.as(id, effective) : compile(id, contract, resource, effective);
  }

  private Agreed compile(String id, Contract contract, DataResource resource, boolean effective) {
    try {
      var agreed = Agreed.of(id, contract.terms(), contract.address(), resource, effective);
      if (compiled.size() >= MOST_KEPT) {
        compiled.clear();
      }
      compiled.put(contract.address(), agreed);
      return agreed;
    } catch (PolicyException e) {
      throw new IllegalStateException(
          "agreement " + id + ": " + e.getMessage() + " (expected: as it was signed)", e);
    }
  }
}
