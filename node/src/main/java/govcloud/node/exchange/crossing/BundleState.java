package govcloud.node.exchange.crossing;

import java.time.Instant;
import java.util.Optional;

/**
 * How the exchange with a cloud by files stands, as the node has last seen it that does the work.
 *
 * @param cloud the other one
 * @param waiting messages that are in no bundle yet
 * @param unacknowledged bundles that the other cloud has not said to have taken in
 * @param unacknowledgedSince when the first of them was made; none: there are none
 * @param sent number of the last bundle that was made
 * @param taken number of the last bundle that was taken in
 * @param missing number of a bundle for which others wait; 0: none
 * @param missingSince how long; none: nothing is missing
 * @param heard when the other cloud told of itself; none: never
 * @param refused files that were set aside and lie there still
 * @param late whether something takes longer than is allowed
 * @param at when it was seen
 */
public record BundleState(
    String cloud,
    int waiting,
    int unacknowledged,
    Optional<Instant> unacknowledgedSince,
    long sent,
    long taken,
    long missing,
    Optional<Instant> missingSince,
    Optional<Instant> heard,
    int refused,
    boolean late,
    Instant at) {}
