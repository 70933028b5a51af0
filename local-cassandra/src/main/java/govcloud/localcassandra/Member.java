package govcloud.localcassandra;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One of several Cassandras that form a cluster, each on an address of its own.
 *
 * @param address where it listens for the others and for clients, who are not authenticated
 * @param seeds addresses of the members that a new one asks first, the same on every member
 * @param wrapper words before the command line, such as those that enter a network namespace; must
 *     replace themselves by the command, so that its process id stays
 * @param pki folder, the same for all members, of the authority whose certificates they show to
 *     each other, each with its own address; absent: the line between them is open. All are started
 *     by one program, which makes authority and certificates and renews them
 */
public record Member(String address, List<String> seeds, List<String> wrapper, Optional<Path> pki) {

  /** For the other members; every one has an address of its own. */
  static final int STORAGE_PORT = 7000;

  /** For clients. */
  static final int CQL_PORT = 9042;

  /** Refuses a member that could never find the others. */
  public Member {
    seeds = List.copyOf(seeds);
    wrapper = List.copyOf(wrapper);
    Objects.requireNonNull(pki, "pki");
    if (address.isBlank()) {
      throw new IllegalArgumentException("member address: \"\" (expected: an IP address)");
    }
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("member seeds: none (expected: at least one address)");
    }
  }

  /** One whose line to the others is open. */
  public Member(String address, List<String> seeds, List<String> wrapper) {
    this(address, seeds, wrapper, Optional.empty());
  }

  /** The same, which speaks with those alone that show a certificate of the folder's authority. */
  public Member withPki(Path folder) {
    return new Member(address, seeds, wrapper, Optional.of(folder));
  }
}
