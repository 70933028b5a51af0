package govcloud.ledger.tree;

import java.util.ArrayList;
import java.util.List;

/** What has to be kept of a tree to go on and to know its root: its perfect subtrees. */
public final class CompactTree {
  /** As many as the size has bits that are set. */
  private final List<Hash> roots = new ArrayList<>();

  private long size;

  /** A tree without leaves. */
  public CompactTree() {}

  /** A tree that goes on by itself from here. */
  public CompactTree(CompactTree other) {
    roots.addAll(other.roots);
    size = other.size;
  }

  /** Leaves of the tree. */
  public long size() {
    return size;
  }

  /** Adds one leaf by its hash. */
  public void add(Hash leaf) {
    add(0, leaf);
  }

  /**
   * Adds a perfect subtree of {@code 2^height} leaves.
   *
   * @throws IllegalArgumentException if the tree so far is no multiple of that
   */
  public void add(int height, Hash subtree) {
    if (size % (1L << height) != 0) {
      throw new IllegalArgumentException(
          "size: " + size + " (expected: a multiple of 2^" + height + ")");
    }
    Hash top = subtree;
    for (long rest = size >> height; (rest & 1) == 1; rest >>= 1) {
      top = Hash.ofNode(roots.remove(roots.size() - 1), top);
    }
    roots.add(top);
    size += 1L << height;
  }

  /** The root over all leaves. */
  public Hash root() {
    if (roots.isEmpty()) {
      return Hash.EMPTY;
    }
    Hash root = roots.get(roots.size() - 1);
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = Hash.ofNode(roots.get(i), root);
    }
    return root;
  }

  /** The root over hashes that lie one behind another. */
  public static Hash rootOf(byte[] hashes) {
    byte[] level = hashes;
    int height = 0;
    while (level.length > Hash.LENGTH && level.length % (2 * Hash.LENGTH) == 0) {
      level = Hash.ofNodes(level);
      height++;
    }
    CompactTree tree = new CompactTree();
    for (int at = 0; at < level.length; at += Hash.LENGTH) {
      tree.add(height, Hash.at(level, at));
    }
    return tree.root();
  }
}
