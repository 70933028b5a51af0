package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one part of one file: AES-256-GCM in chunks of 64 KiB. A chunk's nonce is seven zero
 * bytes, its number, and 1 for the last chunk or 0, so that chunks can be neither moved nor left
 * off. Not for several threads.
 */
public final class PartKey implements AutoCloseable {
  /** Bytes of text in a chunk; the last one may have fewer. */
  public static final int CHUNK = 64 << 10;

  /** Bytes that sealing adds to a chunk. */
  public static final int TAG = 16;

  private static final int NONCE = 12;

  private static final byte[] CHECK = "govcloud key check v1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;
  private final Cipher cipher;
  private final Mac mac;
  private final SecretKeySpec secret;

  PartKey(byte[] key) {
    this(key, newCipher(), Derivation.mac(key));
  }

  /** A key that shares what works with it. */
  PartKey(byte[] key, Cipher cipher, Mac mac) {
    this.key = key;
    this.cipher = cipher;
    this.mac = mac;
    this.secret = new SecretKeySpec(key, "AES");
  }

  /** A cipher for any key. */
  static Cipher newCipher() {
    try {
      // The JDK's provider by name: others are far slower.
      return Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: missing (expected: in every JDK)", e);
    }
  }

  /** A key that nobody can have again, for what this process alone writes and reads. */
  public static PartKey passing(SecureRandom random) {
    byte[] key = new byte[Derivation.KEY];
    random.nextBytes(key);
    return new PartKey(key);
  }

  /** Tells whether a key is the right one before anything is opened; 16 bytes. */
  public ByteString check() {
    try {
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return ByteString.copyFrom(mac.doFinal(CHECK), 0, ReplicaHash.SHORT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256: failed", e);
    }
  }

  /** How many chunks a text of this length has; at least one. */
  public static int chunks(long length) {
    return (int) Math.max(1, (length + CHUNK - 1) / CHUNK);
  }

  /** Bytes that a text of this length has in a file. */
  public static long sealedLength(long length) {
    return length + (long) TAG * chunks(length);
  }

  /** Seals a text into a file; gives the position behind it. */
  public int seal(byte[] text, byte[] file, int at) {
    int chunks = chunks(text.length);
    int position = at;
    for (int i = 0; i < chunks; i++) {
      int from = i * CHUNK;
      int length = Math.min(CHUNK, text.length - from);
      position += run(Cipher.ENCRYPT_MODE, i, i == chunks - 1, text, from, length, file, position);
    }
    return position;
  }

  /** Seals one chunk; gives its length with the tag. A number is sealed once. */
  public int seal(int number, boolean last, byte[] text, int length, byte[] file, int at) {
    return run(Cipher.ENCRYPT_MODE, number, last, text, 0, length, file, at);
  }

  /**
   * Opens a chunk.
   *
   * @return whether it is authentic; if not, nothing is in {@code text} that may be used
   */
  public boolean open(
      int number, boolean last, byte[] file, int from, int length, byte[] text, int at) {
    return run(Cipher.DECRYPT_MODE, number, last, file, from, length, text, at) >= 0;
  }

  private int run(
      int mode, int number, boolean last, byte[] in, int from, int length, byte[] out, int at) {
    byte[] nonce = new byte[NONCE];
    java.nio.ByteBuffer.wrap(nonce).putInt(7, number);
    nonce[NONCE - 1] = (byte) (last ? 1 : 0);
    try {
      cipher.init(mode, secret, new GCMParameterSpec(TAG * 8, nonce));
      return cipher.doFinal(in, from, length, out, at);
    } catch (AEADBadTagException e) {
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: failed", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }
}
