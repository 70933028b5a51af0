package govcloud.recovery.plan;

/**
 * What a copy of one department would take.
 *
 * @param tenant which
 * @param point up to where
 * @param entities in it
 * @param records in it
 * @param afterCut those that the cut, with which the copy is compared, does not have
 * @param bytesRead of all segments: what vouches for a part is the signature over all of them
 * @param bytes of its records
 */
public record CopyPlan(
    String tenant,
    String point,
    long entities,
    long records,
    long afterCut,
    long bytesRead,
    long bytes) {
  /** The log once, the chunks once, and room in which Cassandra merges files. */
  private static final long ROOM = 3;

  /** Bytes that the target should have free. */
  public long neededBytes() {
    return ROOM * bytes;
  }
}
