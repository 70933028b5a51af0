package govcloud.node.replication;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** How urgent each slice of this node is. For several threads. */
final class ShippingOrder {
  private final Map<Integer, ShippingRank> ranks = new ConcurrentHashMap<>();
  private final BiConsumer<Integer, ShippingRank> changed;

  /**
   * Nothing is known yet.
   *
   * @param changed hears of a slice that is more or less urgent than before
   */
  ShippingOrder(BiConsumer<Integer, ShippingRank> changed) {
    this.changed = changed;
  }

  /** How urgent a slice is now. */
  ShippingRank of(int slice) {
    return ranks.getOrDefault(slice, ShippingRank.CONTINUOUS);
  }

  /** Hears how urgent a slice is now. */
  void learn(int slice, ShippingRank rank) {
    if (ranks.put(slice, rank) != rank) {
      changed.accept(slice, rank);
    }
  }
}
