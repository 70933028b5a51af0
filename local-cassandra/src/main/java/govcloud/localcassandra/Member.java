package govcloud.localcassandra;

import java.util.List;

/**
 * One of several Cassandras that form a cluster, each on an address of its own.
 *
 * @param address where it listens for the others and for clients; not authenticated
 * @param seeds addresses of the members that a new one asks first, the same on every member
 * @param wrapper words before the command line, such as those that enter a network namespace; must
 *     replace themselves by the command, so that its process id stays
 */
public record Member(String address, List<String> seeds, List<String> wrapper) {

  /** For the other members; every one has an address of its own. */
  static final int STORAGE_PORT = 7000;

  /** For clients. */
  static final int CQL_PORT = 9042;

  /** Refuses a member that could never find the others. */
  public Member {
    seeds = List.copyOf(seeds);
    wrapper = List.copyOf(wrapper);
    if (address.isBlank()) {
      throw new IllegalArgumentException("member address: \"\" (expected: an IP address)");
    }
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("member seeds: none (expected: at least one address)");
    }
  }
}
