package govcloud.node.replication;

import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;

/** Why a slice is not replicated any further. */
public enum SliceTrouble {
  /** It goes on. */
  NONE,
  /** The sibling does not answer: it goes on by itself when the sibling is back. */
  SIBLING_AWAY,
  /** The sibling does not take a file: somebody has to look. */
  REFUSED,
  /** This cloud's own archive cannot be read or written, or holds something damaged. */
  ARCHIVE;

  /** The kind of a failure. */
  static SliceTrouble of(Throwable failure) {
    if (failure instanceof LinkException) {
      return SIBLING_AWAY;
    }
    return failure instanceof RefusedException ? REFUSED : ARCHIVE;
  }
}
