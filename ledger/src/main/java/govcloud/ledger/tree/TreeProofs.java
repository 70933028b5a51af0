package govcloud.ledger.tree;

import govcloud.ledger.LedgerException;
import java.util.ArrayList;
import java.util.List;

/** Makes the proofs of RFC 6962, sections 2.1.1 and 2.1.2. */
public final class TreeProofs {
  private final TreeHashes hashes;

  /** Proofs over these hashes. */
  public TreeProofs(TreeHashes hashes) {
    this.hashes = hashes;
  }

  /** The root of the tree over the first leaves. */
  public Hash root(long size) throws LedgerException {
    return size == 0 ? Hash.EMPTY : over(0, size);
  }

  /**
   * Proves that a leaf is in the tree.
   *
   * @param index of the leaf, from 0
   * @param size of the tree
   */
  public List<Hash> inclusion(long index, long size) throws LedgerException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "index: " + index + " (expected: 0 to " + (size - 1) + ")");
    }
    List<Hash> proof = new ArrayList<>();
    path(index, 0, size, proof);
    return proof;
  }

  /**
   * Proves that a tree continues an older one.
   *
   * @param oldSize of the older tree
   * @param size of the tree
   */
  public List<Hash> consistency(long oldSize, long size) throws LedgerException {
    if (oldSize < 0 || oldSize > size) {
      throw new IllegalArgumentException("old size: " + oldSize + " (expected: 0 to " + size + ")");
    }
    List<Hash> proof = new ArrayList<>();
    if (oldSize > 0 && oldSize < size) {
      subProof(oldSize, 0, size, true, proof);
    }
    return proof;
  }

  private void path(long index, long from, long to, List<Hash> proof) throws LedgerException {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      path(index, from, middle, proof);
      proof.add(over(middle, to));
    } else {
      path(index, middle, to, proof);
      proof.add(over(from, middle));
    }
  }

  private void subProof(long old, long from, long to, boolean whole, List<Hash> proof)
      throws LedgerException {
    if (old == to) {
      if (!whole) {
        proof.add(over(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (old <= middle) {
      subProof(old, from, middle, whole, proof);
      proof.add(over(middle, to));
    } else {
      subProof(old, middle, to, false, proof);
      proof.add(over(from, middle));
    }
  }

  /** The root over a range whose beginning is a multiple of a power of two not below its length. */
  private Hash over(long from, long to) throws LedgerException {
    long length = to - from;
    if (Long.bitCount(length) == 1) {
      int height = Long.numberOfTrailingZeros(length);
      return hashes.of(height, from >> height);
    }
    long middle = from + split(length);
    return Hash.ofNode(over(from, middle), over(middle, to));
  }

  /** The largest power of two below a length. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
