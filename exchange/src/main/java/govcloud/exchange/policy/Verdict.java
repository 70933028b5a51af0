package govcloud.exchange.policy;

/**
 * What a policy says to some facts. Whoever has the policy's source and the facts finds the same
 * verdict again.
 *
 * @param permit whether it lets them pass; an error never does
 * @param error why it could not be evaluated; empty where it simply gave true or false
 * @param policyHash lower-case hexadecimal SHA-256 of the policy's source
 * @param inputHash of the facts, see {@link PolicyInput#hash}
 */
public record Verdict(boolean permit, String error, String policyHash, String inputHash) {}
