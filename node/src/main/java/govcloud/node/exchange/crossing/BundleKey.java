package govcloud.node.exchange.crossing;

import govcloud.replication.keys.SealedBox;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The key to which other clouds seal what they send through a gateway. It never leaves the site.
 */
public final class BundleKey {

  private final byte[] secret;
  private final String text;

  /**
   * A key.
   *
   * @param secret 32 bytes, the private half; copied
   */
  public BundleKey(byte[] secret) {
    this.secret = Arrays.copyOf(secret, SealedBox.KEY);
    this.text = HexFormat.of().formatHex(SealedBox.publicKey(this.secret));
  }

  /** The public half, 64 hexadecimal digits. */
  String text() {
    return text;
  }

  /** What was sealed to this key for a place; none: it was sealed to another, or for another. */
  Optional<byte[]> open(byte[] place, byte[] sealed) {
    return SealedBox.open(secret, place, sealed);
  }
}
