package govcloud.recovery.prove;

/**
 * What was found out about one tenant.
 *
 * @param tenant whose; empty: the cloud's own
 * @param entities that it has
 * @param records of them, all replayed
 * @param cutRecords records that the signed cut names; 0 where there is no cut
 * @param afterCut records that came after the cut
 * @param stateDigest hexadecimal SHA-256 over the states of all its entities after the replay
 * @param proved whether everything is as the archive and the cut say
 */
public record TenantProof(
    String tenant,
    long entities,
    long records,
    long cutRecords,
    long afterCut,
    String stateDigest,
    boolean proved) {}
