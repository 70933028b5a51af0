package govcloud.node.exchange;

import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.AgreementState.Status;
import govcloud.domain.sharing.DataResource;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.policy.PolicyException;
import govcloud.node.sharing.Agreements;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles what departments agreed on, and keeps that: terms never change. */
final class SharedTerms implements AgreedTerms {

  private static final int MOST_KEPT = 1_000;

  private final Agreements agreements;
  private final Map<String, Agreed> compiled = new ConcurrentHashMap<>();

  SharedTerms(Agreements agreements) {
    this.agreements = agreements;
  }

  @Override
  public CompletionStage<Optional<Agreed>> find(String consumer, String agreement) {
    return agreements
        .find(consumer, agreement)
        .thenCompose(
            found ->
                found
                    .flatMap(state -> state.contract())
                    .map(contract -> agreed(agreement, contract))
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
  }

  private CompletionStage<Optional<Agreed>> agreed(String id, Contract contract) {
    var effective = contract.status() == Status.EFFECTIVE;
    var kept = compiled.get(contract.address());
    if (kept != null) {
      return CompletableFuture.completedStage(Optional.of(kept.as(id, effective)));
    }
    var terms = contract.terms();
    return agreements
        .resource(terms.provider(), terms.resource())
        .thenApply(
            found ->
                found
                    .flatMap(resource -> resource.version(terms.resourceVersion()))
                    .map(version -> compile(id, contract, version.content(), effective)));
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
