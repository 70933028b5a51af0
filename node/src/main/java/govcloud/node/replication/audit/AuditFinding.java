package govcloud.node.replication.audit;

/**
 * A difference between log, chunks and archive.
 *
 * @param defect what
 * @param place slice and offset, or entity and sequence
 * @param detail what was found, what was expected, and what was done about it
 */
public record AuditFinding(AuditDefect defect, String place, String detail) {}
