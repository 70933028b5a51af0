package govcloud.node.replication;

import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.SiblingLink;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The line to the sibling, shared by all that this node sends over it.
 *
 * @param bandwidth how much goes over it
 * @param order how urgent slices are
 * @param lanes threads on which they are sent
 */
record SiblingLine(Bandwidth bandwidth, ShippingOrder order, ShippingLanes lanes) {

  /** Slices that others pass get a thread after so many of those; the line has its own order. */
  private static final long LEAD = 10;

  /** A line on which nothing is sent yet. */
  static SiblingLine open(ActorSystem<?> system, ReplicationSettings settings) {
    Bandwidth bandwidth = Bandwidth.of(settings.bandwidth());
    ShippingLanes lanes =
        new ShippingLanes(
            ReplicationThreads.of(
                system, new ReplicationThreads("sibling-link", settings.connections(), LEAD)),
            ReplicationThreads.of(system, "sibling-link-urgent", settings.connections()));
    ShippingOrder order =
        new ShippingOrder(
            (slice, rank) -> {
              lanes.rank(slice, rank);
              bandwidth.reorder();
            });
    return new SiblingLine(bandwidth, order, lanes);
  }

  /** The same link within the limit. */
  SiblingLink limited(SiblingLink link) {
    return new ThrottledLink(link, bandwidth, order);
  }

  /** The same link within the limit, behind everything else. */
  BlobLink limited(BlobLink link) {
    return new ThrottledBlobLink(link, bandwidth);
  }
}
