package govcloud.replication.shipping;

/**
 * The sibling lacks segments that it has signed for: it lost its replica, or shows an older one.
 * Nothing is sent to it as if nothing had happened; people have to begin a refilling.
 */
public final class SiblingLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long missing;

  /**
   * The sibling contradicts its own receipts.
   *
   * @param signed number of the last segment of the slice that it signed for
   * @param has number of the last one that it has
   */
  SiblingLostException(int slice, long signed, long has) {
    super(
        "slice "
            + slice
            + ": the sibling has segments up to "
            + has
            + " (expected: "
            + signed
            + ", as it signed)");
    this.missing = Math.max(1, signed - has);
  }

  /** How many segments it lacks of those that it signed for. */
  public long missing() {
    return missing;
  }
}
