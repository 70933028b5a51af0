package govcloud.node.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a person, or of one thing that is kept for a short time: AES-256-GCM, bound to the
 * place that a value stands in. The nonce follows from place and value, so that the same value at
 * the same place is sealed to the same text, and a command that is sent again is the same command.
 */
public final class SubjectKey {

  /** Bytes of a key. */
  static final int LENGTH = 32;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int NAME = 16;

  private final String id;
  private final byte[] sealing;
  private final byte[] nonces;

  /** The key of these bytes, which are not kept. */
  public SubjectKey(byte[] key) {
    this.id = HexFormat.of().formatHex(mac(key, "govcloud key name v1".getBytes(UTF_8)), 0, NAME);
    this.sealing = mac(key, "govcloud seal v1".getBytes(UTF_8));
    this.nonces = mac(key, "govcloud nonce v1".getBytes(UTF_8));
  }

  /** Names the key and does not tell it; commits to it, which AES-GCM does not. */
  String id() {
    return id;
  }

  /** Seals a text for a place. */
  public byte[] seal(byte[] place, byte[] text) {
    var nonce = Arrays.copyOf(mac(nonces, place, new byte[] {0}, text), NONCE);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text);
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: failed", e);
    }
  }

  /** The text; none: it was not sealed with this key, or not for this place. */
  public Optional<byte[]> open(byte[] place, byte[] sealed) {
    if (sealed.length < NONCE) {
      return Optional.empty();
    }
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), place);
      return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: failed", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
    // The JDK's provider by name: others are far slower.
    var cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    cipher.init(mode, new SecretKeySpec(sealing, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place);
    return cipher;
  }

  private static byte[] mac(byte[] key, byte[]... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (var part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256: missing (expected: in every JDK)", e);
    }
  }
}
