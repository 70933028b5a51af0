package govcloud.node.replication;

import java.util.EnumMap;
import java.util.Map;

/**
 * How urgent the part of a slice is that has no receipt: as its most urgent row. Segments of a
 * slice go in order, so what is before that row has to hurry with it.
 */
final class SliceRank {
  private final Map<ShippingRank, Long> upTo = new EnumMap<>(ShippingRank.class);

  /** Everything up to an offset is so urgent. */
  void raise(ShippingRank rank, long offset) {
    upTo.merge(rank, offset, Math::max);
  }

  /**
   * How urgent it is now.
   *
   * @param receipted the first offset without receipt
   */
  ShippingRank behind(long receipted) {
    return upTo.entrySet().stream()
        .filter(entry -> entry.getValue() >= receipted)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(ShippingRank.DAILY);
  }
}
