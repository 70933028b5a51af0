package govcloud.node.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Addresses behind which many people are: what one of them does there says nothing about the
 * others.
 */
record Gateways(Set<InetAddress> addresses) {

  /** Everybody has an address of one's own. */
  static final Gateways NONE = new Gateways(Set.of());

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

  /** An address that is not looked up anywhere. */
  private static final String FIGURES =
      BYTE + "([.]" + BYTE + "){3}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F.:]*";

  Gateways {
    addresses = Set.copyOf(addresses);
  }

  /**
   * Gateways by their addresses.
   *
   * @throws IllegalArgumentException with the text that is no address; names are none
   */
  static Gateways of(List<String> texts) {
    return new Gateways(
        texts.stream()
            .map(text -> read(text).orElseThrow(() -> new IllegalArgumentException(text)))
            .collect(Collectors.toSet()));
  }

  /** Whether somebody comes through one of them. */
  boolean has(String address) {
    return !addresses.isEmpty() && read(address).filter(addresses::contains).isPresent();
  }

  /** The address that a text is; a link of the sixth version ({@code %eth0}) is left out. */
  static Optional<InetAddress> read(String text) {
    var plain = text.replaceFirst("%.*", "");
    try {
      return plain.matches(FIGURES) ? Optional.of(InetAddress.getByName(plain)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
