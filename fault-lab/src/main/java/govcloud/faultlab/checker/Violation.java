package govcloud.faultlab.checker;

/**
 * A broken promise.
 *
 * @param invariant which one
 * @param what where and how
 */
public record Violation(Invariant invariant, String what) {

  /** The promises, as they are numbered in the lab's RATIONALE.md. */
  public enum Invariant {
    /** Everything acknowledged is where the acknowledgement said. */
    I1_NO_LOSS,
    /** Nothing is there that nobody asked for, and nothing that was refused. */
    I2_NO_INVENTION,
    /** Nothing is there twice, neither in the log nor in a view. */
    I3_NO_DUPLICATE,
    /** Dense, chained, and never against the order in time. */
    I4_ORDER,
    /** One host after the other. */
    I5_ONE_WRITER,
    /** What was read is what the records add up to, and not old. */
    I6_MODEL,
    /** Every exchange has its one entry, and the ledger only ever grew. */
    I7_LEDGER,
    /** What the sibling has is sound, is the log, and has everything that was acknowledged. */
    I9_REPLICA,
    /** What was acknowledged as being at the sibling was there at that moment. */
    I10_RECEIPT,
    /** Nothing of one tenant lies under another. */
    I12_TENANCY,
    /** Everything answers again soon after the last fault. */
    I13_LIVENESS
  }

  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}
