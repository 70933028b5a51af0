package govcloud.node.replication.site;

import govcloud.replication.keys.GivenUpSite;
import java.util.Optional;

/**
 * What is known of a site that was given up.
 *
 * @param site the proof
 * @param orphans what is left on it; empty: not counted yet
 */
public record GivenUp(GivenUpSite site, Optional<OrphanCount> orphans) {}
