package govcloud.recovery.prove;

/**
 * One difference between what was restored and the archive.
 *
 * @param defect what
 * @param tenant whose; empty where it is not one tenant's
 * @param place slice and offset, or entity and sequence
 * @param detail what was found and what was expected
 */
public record ProofFinding(ProofDefect defect, String tenant, String place, String detail) {}
