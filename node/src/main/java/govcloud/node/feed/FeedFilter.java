package govcloud.node.feed;

import java.util.Optional;

/**
 * Which events are wanted.
 *
 * @param tenant only those of this department
 * @param type only those whose type is this one or begins with it and a dot
 */
public record FeedFilter(Optional<String> tenant, Optional<String> type) {

  /** Everything. */
  public static final FeedFilter ALL = new FeedFilter(Optional.empty(), Optional.empty());

  boolean admitsTenant(String name) {
    return tenant.filter(wanted -> !wanted.equals(name)).isEmpty();
  }

  boolean admitsType(String name) {
    return type.filter(wanted -> !name.equals(wanted) && !name.startsWith(wanted + ".")).isEmpty();
  }
}
