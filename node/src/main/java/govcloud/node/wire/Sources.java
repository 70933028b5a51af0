package govcloud.node.wire;

/** Addresses from which requests come. */
public final class Sources {

  /** Whoever has one IPv6 address has a network of them. */
  private static final int NETWORK_GROUPS = 4;

  private Sources() {}

  /** An address of IPv4 itself, and of IPv6 the first 64 bits; Java writes these without gaps. */
  public static String network(String address) {
    var end = -1;
    for (int groups = 0; groups < NETWORK_GROUPS; groups++) {
      end = address.indexOf(':', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end);
  }
}
