package govcloud.ledger.tree;

import govcloud.ledger.LedgerException;

/** Where the hashes of a tree come from. */
@FunctionalInterface
public interface TreeHashes {

  /**
   * The root of the perfect subtree over the leaves from {@code index * 2^height} to {@code (index
   * + 1) * 2^height}.
   */
  Hash of(int height, long index) throws LedgerException;
}
