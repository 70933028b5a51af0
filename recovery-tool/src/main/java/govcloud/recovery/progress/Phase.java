package govcloud.recovery.progress;

/** The parts of a recovery, in order. */
public enum Phase {
  /** What is there is counted. */
  STOCK,
  /** The log and its chunks are written. */
  RESTORE,
  /** Every row is compared with what was signed. */
  COMPARE,
  /** Every entity is replayed with the rules of the domain. */
  REPLAY,
  /** Every tenant is compared with the countersigned cut. */
  CUT
}
