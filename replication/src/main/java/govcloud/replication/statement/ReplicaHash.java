package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, and the short names made with it. */
public final class ReplicaHash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  /** Bytes of a key's name, a pseudonym, a salt or a key check. */
  public static final int SHORT = 16;

  /** Never fed: a copy is there several times faster than another one. */
  private static final MessageDigest UNUSED = unused();

  private ReplicaHash() {}

  private static MessageDigest unused() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
    }
  }

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256: cannot be copied (expected: in every JDK)", e);
    }
  }

  /** The hash of a run of bytes. */
  public static ByteString of(byte[] bytes, int from, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, from, length);
    return ByteString.copyFrom(digest.digest());
  }

  /** The hash of bytes. */
  public static ByteString of(ByteString bytes) {
    MessageDigest digest = sha256();
    bytes.asReadOnlyByteBufferList().forEach(digest::update);
    return ByteString.copyFrom(digest.digest());
  }

  /** The name of a public key: the first 16 bytes of its hash. */
  public static ByteString keyId(ByteString publicKey) {
    return of(publicKey).substring(0, SHORT);
  }

  /** Lower-case hexadecimal. */
  public static String hex(ByteString bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
