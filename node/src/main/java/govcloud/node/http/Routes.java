package govcloud.node.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which endpoint answers which operation of the contract. Paths, methods, parameters and bodies are
 * in {@code openapi.yaml} alone.
 */
public final class Routes {

  private final Map<String, Endpoint> endpoints = new TreeMap<>();
  private ChangeGate gate = ChangeGate.OPEN;

  /** Lets every change pass through {@code gate} on its way to its endpoint. */
  public void changesThrough(ChangeGate changeGate) {
    gate = changeGate;
  }

  /** Lets {@code endpoint} answer the operation with this {@code operationId}. */
  public Routes on(String operationId, Endpoint endpoint) {
    if (endpoints.putIfAbsent(operationId, endpoint) != null) {
      throw new IllegalStateException(operationId + ": two endpoints (expected: one)");
    }
    return this;
  }

  /** Whether an operation has its endpoint. */
  public boolean has(String operationId) {
    return endpoints.containsKey(operationId);
  }

  /** The endpoint of an operation. */
  Optional<Endpoint> find(String operationId) {
    return Optional.ofNullable(endpoints.get(operationId)).map(this::gated);
  }

  private Endpoint gated(Endpoint endpoint) {
    return call -> call.isChange() ? gate.pass(call, endpoint) : endpoint.answer(call);
  }

  /** Fails when an operation has no endpoint or an endpoint no operation. */
  void requireComplete(Contract contract) {
    var missing = new TreeSet<>(contract.operationIds());
    missing.removeAll(endpoints.keySet());
    var unknown = new TreeSet<>(endpoints.keySet());
    unknown.removeAll(contract.operationIds());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalStateException(
          "openapi.yaml: operations without endpoint "
              + missing
              + ", endpoints without operation "
              + unknown);
    }
  }
}
