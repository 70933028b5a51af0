package govcloud.node.replication;

import java.time.Instant;

/**
 * That a site is to be moved, and how far it is with that.
 *
 * @param since when it accepts nothing any more
 * @param countersigned whether the sibling has signed the final cut: it has everything
 */
record SiteMove(Instant since, boolean countersigned) {}
