package govcloud.replication.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * What only the holder of one key can open: HPKE (RFC 9180, base mode) with X25519, HKDF-SHA-256
 * and AES-256-GCM, in one piece. Everybody may seal to a public key; the place that is sealed with
 * it is one that the opener has to name as well.
 */
public final class SealedBox {
  /** Bytes of the private and of the public half of a key. */
  public static final int KEY = 32;

  /** Bytes of the encapsulated key, with which a box begins. */
  static final int ENCAPSULATED = 32;

  private SealedBox() {}

  /** The public half that belongs to a private one. */
  public static byte[] publicKey(byte[] privateKey) {
    return hpke().serializePublicKey(pair(privateKey).getPublic());
  }

  /**
   * Seals a text for a place.
   *
   * @throws IllegalArgumentException when nothing can be sealed to this key
   */
  public static byte[] seal(byte[] publicKey, byte[] place, byte[] text) {
    try {
      byte[][] sealed =
          hpke()
              .seal(
                  hpke().deserializePublicKey(publicKey),
                  place,
                  new byte[0],
                  text,
                  null,
                  null,
                  null);
      return ByteBuffer.allocate(sealed[1].length + sealed[0].length)
          .put(sealed[1])
          .put(sealed[0])
          .array();
    } catch (InvalidCipherTextException | IllegalStateException e) {
      throw new IllegalArgumentException("HPKE: cannot seal to this key", e);
    }
  }

  /** The text; none: it was not sealed to this key, or not for this place. */
  public static Optional<byte[]> open(byte[] privateKey, byte[] place, byte[] sealed) {
    if (sealed.length < ENCAPSULATED) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          hpke()
              .open(
                  Arrays.copyOf(sealed, ENCAPSULATED),
                  pair(privateKey),
                  place,
                  new byte[0],
                  Arrays.copyOfRange(sealed, ENCAPSULATED, sealed.length),
                  null,
                  null,
                  null));
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  private static AsymmetricCipherKeyPair pair(byte[] privateKey) {
    return hpke().deserializePrivateKey(privateKey, null);
  }
}
