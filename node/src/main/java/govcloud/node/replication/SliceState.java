package govcloud.node.replication;

import java.time.Instant;

/**
 * How far one slice is replicated, as the node that replicates it says.
 *
 * @param slice which
 * @param archived segments in this cloud's own archive
 * @param archivedOffset offset behind them
 * @param receipted segments that the sibling has given receipts for
 * @param receiptedOffset offset behind them
 * @param records stored here and not known to be at the sibling
 * @param bytes of their rows, before compression
 * @param oldestMillis when the oldest of those was made, milliseconds since 1970; 0: none
 * @param receiptMillis when the sibling received the last of them, as it says; 0: none
 * @param trouble why it does not go on
 * @param problem the same as a sentence; empty if it goes on
 * @param missing segments that the sibling signed for and is known not to have
 * @param refilled the last refilling that is done here; empty: none
 * @param toldMillis when this was said, milliseconds since 1970
 */
public record SliceState(
    int slice,
    long archived,
    long archivedOffset,
    long receipted,
    long receiptedOffset,
    long records,
    long bytes,
    long oldestMillis,
    long receiptMillis,
    SliceTrouble trouble,
    String problem,
    long missing,
    String refilled,
    long toldMillis) {

  /** Older nodes say nothing of refilling. */
  public SliceState {
    refilled = refilled == null ? "" : refilled;
  }

  /** Whether nobody has told anything of it for long. */
  boolean isSilent(Instant now) {
    return now.toEpochMilli() - toldMillis > ReplicationStatus.SILENCE.toMillis();
  }

  /** Nothing is known. */
  static SliceState unknown(int slice) {
    return new SliceState(slice, 0, 0, 0, 0, 0, 0, 0, 0, SliceTrouble.NONE, "", 0, "", 0);
  }
}
