package govcloud.ledger.tree;

import java.util.List;

/** Checks the proofs of RFC 6962 as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says. */
public final class ProofCheck {
  private ProofCheck() {}

  /**
   * Whether a leaf is in the tree of this root.
   *
   * @param leaf its hash
   * @param index of the leaf, from 0
   * @param size of the tree
   */
  public static boolean includes(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.ofNode(sibling, hash);
        int up = Long.numberOfTrailingZeros(node);
        node >>= up;
        last >>= up;
      } else {
        hash = Hash.ofNode(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether a tree continues an older one; a tree without leaves is continued by every other. */
  public static boolean continues(
      long oldSize, Hash oldRoot, long size, Hash root, List<Hash> proof) {
    if (oldSize < 0 || oldSize > size) {
      return false;
    }
    if (oldSize == 0 || oldSize == size) {
      Hash expected = oldSize == 0 ? Hash.EMPTY : root;
      return proof.isEmpty() && oldRoot.equals(expected) && (size > 0 || root.equals(Hash.EMPTY));
    }
    if (proof.isEmpty()) {
      return false;
    }
    return folds(oldSize, oldRoot, size, root, proof);
  }

  private static boolean folds(long oldSize, Hash oldRoot, long size, Hash root, List<Hash> proof) {
    int up = Long.numberOfTrailingZeros(oldSize);
    long node = (oldSize - 1) >> up;
    long last = (size - 1) >> up;
    boolean whole = Long.bitCount(oldSize) == 1;
    Hash older = whole ? oldRoot : proof.get(0);
    Hash newer = older;
    for (Hash sibling : whole ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = Hash.ofNode(sibling, older);
        newer = Hash.ofNode(sibling, newer);
        int zeros = Long.numberOfTrailingZeros(node);
        node >>= zeros;
        last >>= zeros;
      } else {
        newer = Hash.ofNode(newer, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && older.equals(oldRoot) && newer.equals(root);
  }
}
