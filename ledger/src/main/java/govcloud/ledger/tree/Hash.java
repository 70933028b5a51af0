package govcloud.ledger.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A hash of the tree: SHA-256 as RFC 6962, section 2.1, uses it. */
public final class Hash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  /** The root of the tree without leaves. */
  public static final Hash EMPTY = new Hash(sha256().digest());

  /** To look one up costs as much as to hash a node. */
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Hash::sha256);

  private static final int NODE = 2 * LENGTH;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a leaf. */
  public static Hash ofLeaf(byte[] leaf) {
    return ofLeaf(leaf, 0, leaf.length);
  }

  /** The hash of a leaf that lies among other bytes. */
  public static Hash ofLeaf(byte[] bytes, int from, int length) {
    MessageDigest digest = OWN.get();
    digest.update((byte) 0);
    digest.update(bytes, from, length);
    return new Hash(digest.digest());
  }

  /** The hash of a node over two others. */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = OWN.get();
    digest.update((byte) 1);
    digest.update(left.bytes);
    digest.update(right.bytes);
    return new Hash(digest.digest());
  }

  /** The hash that lies at a place among other bytes. */
  public static Hash at(byte[] bytes, int from) {
    return new Hash(Arrays.copyOfRange(bytes, from, from + LENGTH));
  }

  /** The hashes of the nodes over hashes that lie one behind another, an even number of them. */
  static byte[] ofNodes(byte[] hashes) {
    MessageDigest digest = OWN.get();
    byte[] nodes = new byte[hashes.length / 2];
    for (int at = 0; at < hashes.length; at += NODE) {
      digest.update((byte) 1);
      digest.update(hashes, at, NODE);
      System.arraycopy(digest.digest(), 0, nodes, at / 2, LENGTH);
    }
    return nodes;
  }

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
    }
  }

  /** Writes the 32 bytes to a place among others. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, LENGTH);
  }

  /** The 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** As it stands in texts. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toBase64();
  }
}
