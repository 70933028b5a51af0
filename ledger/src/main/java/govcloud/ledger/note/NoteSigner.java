package govcloud.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The private key of a log or a witness. */
public final class NoteSigner {
  private static final String PRIVATE = "PRIVATE+KEY+";

  private final byte[] seed;
  private final VerifierKey key;

  /**
   * A key from its seed.
   *
   * @param type {@link VerifierKey#NOTE} or {@link VerifierKey#COSIGNATURE}
   * @param seed 32 bytes; copied
   */
  public NoteSigner(String name, int type, byte[] seed) {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("seed: " + seed.length + " bytes (expected: 32)");
    }
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    this.seed = seed.clone();
    this.key = new VerifierKey(name, type, publicKey);
  }

  /**
   * Reads a key as tools for signed notes keep it: {@code PRIVATE+KEY+name+id+base64}.
   *
   * @throws IllegalArgumentException if it is not of that form; the message holds no secret
   */
  public static NoteSigner parse(String text) {
    String[] parts = text.strip().split("\\+", 5);
    if (parts.length != 5 || !text.startsWith(PRIVATE)) {
      throw new IllegalArgumentException("private key: (expected: " + PRIVATE + "name+id+base64)");
    }
    byte[] material = TextForm.base64(parts[4]).orElse(new byte[0]);
    if (material.length != 1 + Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException(
          "private key of " + parts[2] + ": (expected: 33 bytes in base64)");
    }
    NoteSigner signer =
        new NoteSigner(parts[2], material[0], Arrays.copyOfRange(material, 1, material.length));
    if (!signer.key.toString().startsWith(parts[2] + "+" + parts[3] + "+")) {
      throw new IllegalArgumentException(
          "private key of " + parts[2] + ": id " + parts[3] + " (expected: its own)");
    }
    return signer;
  }

  /** The public half. */
  public VerifierKey key() {
    return key;
  }

  /** As {@link #parse} reads it: a secret. */
  public String secretText() {
    byte[] material = new byte[1 + seed.length];
    material[0] = (byte) key.type();
    System.arraycopy(seed, 0, material, 1, seed.length);
    String[] parts = key.toString().split("\\+", 3);
    return PRIVATE + parts[0] + "+" + parts[1] + "+" + TextForm.base64(material);
  }

  /** Signs a text as it is and gives the note's signature line. */
  public String sign(String text) {
    require(VerifierKey.NOTE);
    return line(raw(text));
  }

  /**
   * Says that a checkpoint was the newest one seen, and gives the line that does.
   *
   * @param text of the checkpoint
   * @param seconds since 1970, at least 1
   */
  public String cosign(String text, long seconds) {
    require(VerifierKey.COSIGNATURE);
    byte[] signature = raw(SignedNote.cosigned(text, seconds));
    return line(ByteBuffer.allocate(8 + signature.length).putLong(seconds).put(signature).array());
  }

  private void require(int type) {
    if (key.type() != type) {
      throw new IllegalStateException("key type: " + key.type() + " (expected: " + type + ")");
    }
  }

  private byte[] raw(String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  private String line(byte[] signature) {
    byte[] all = ByteBuffer.allocate(4 + signature.length).putInt(key.id()).put(signature).array();
    return SignedNote.DASH + key.name() + " " + TextForm.base64(all) + "\n";
  }
}
