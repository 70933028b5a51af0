package govcloud.node.replication;

import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLostException;

/** Why a slice is not replicated any further. */
public enum SliceTrouble {
  /** It goes on. */
  NONE,
  /** The sibling does not answer: it goes on by itself when the sibling is back. */
  SIBLING_AWAY,
  /** The sibling does not take a file: somebody has to look. */
  REFUSED,
  /** The sibling lacks what it signed for: somebody has to begin a refilling. */
  LOST,
  /** This cloud's own archive cannot be read or written, or holds something damaged. */
  ARCHIVE;

  /** The kind of a failure. */
  static SliceTrouble of(Throwable failure) {
    if (failure instanceof LinkException) {
      return SIBLING_AWAY;
    }
    if (failure instanceof SiblingLostException) {
      return LOST;
    }
    return failure instanceof RefusedException ? REFUSED : ARCHIVE;
  }
}
