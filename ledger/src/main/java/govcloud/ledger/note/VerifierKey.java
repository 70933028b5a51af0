package govcloud.ledger.note;

import govcloud.ledger.tree.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key with its name, as C2SP signed-note writes it (vkey). */
public final class VerifierKey {
  /** Signs a note as it is: a log's key. */
  public static final int NOTE = 1;

  /** Signs a checkpoint and when it was seen: a witness's key. */
  public static final int COSIGNATURE = 4;

  private final String name;
  private final int type;
  private final byte[] publicKey;
  private final int id;

  /**
   * A key.
   *
   * @param type {@link #NOTE} or {@link #COSIGNATURE}
   * @param publicKey Ed25519, 32 bytes; copied
   */
  public VerifierKey(String name, int type, byte[] publicKey) {
    if (!TextForm.isKeyName(name)) {
      throw new IllegalArgumentException(
          "key name: '" + name + "' (expected: neither empty nor with a space or a plus)");
    }
    if (type != NOTE && type != COSIGNATURE) {
      throw new IllegalArgumentException("key type: " + type + " (expected: 1 or 4)");
    }
    if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw new IllegalArgumentException(
          "public key: " + publicKey.length + " bytes (expected: 32)");
    }
    this.name = name;
    this.type = type;
    this.publicKey = publicKey.clone();
    var digest = Hash.sha256();
    digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update((byte) type);
    this.id = ByteBuffer.wrap(digest.digest(publicKey)).getInt();
  }

  /**
   * Reads {@code name+id+base64}.
   *
   * @throws IllegalArgumentException if it is not of that form, or the id is not this key's
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException("key: '" + text + "' (expected: name+id+base64)");
    }
    byte[] material =
        TextForm.base64(parts[2])
            .filter(bytes -> bytes.length > 0)
            .orElseThrow(
                () -> new IllegalArgumentException("key: " + parts[0] + " (expected: base64)"));
    VerifierKey key =
        new VerifierKey(parts[0], material[0], Arrays.copyOfRange(material, 1, material.length));
    if (!key.idText().equals(parts[1])) {
      throw new IllegalArgumentException(
          "key id of " + parts[0] + ": " + parts[1] + " (expected: " + key.idText() + ")");
    }
    return key;
  }

  /** The key's name; of a log its origin. */
  public String name() {
    return name;
  }

  /** What it signs: {@link #NOTE} or {@link #COSIGNATURE}. */
  public int type() {
    return type;
  }

  /** Tells keys of one name apart. */
  public int id() {
    return id;
  }

  /** Whether both hold the same public key, whatever they are called. */
  public boolean sameKey(VerifierKey other) {
    return Arrays.equals(publicKey, other.publicKey);
  }

  /** Whether this key made the signature. */
  public boolean made(byte[] signature, byte[] message) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }

  private String idText() {
    return HexFormat.of().toHexDigits(id);
  }

  @Override
  public String toString() {
    byte[] material = new byte[1 + publicKey.length];
    material[0] = (byte) type;
    System.arraycopy(publicKey, 0, material, 1, publicKey.length);
    return name + "+" + idText() + "+" + TextForm.base64(material);
  }
}
