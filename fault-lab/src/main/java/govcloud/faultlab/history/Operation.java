package govcloud.faultlab.history;

/**
 * One thing that a client asked for, whatever number of requests it took.
 *
 * @param id unique; the idempotency key of a change
 * @param client who asked; a client asks one thing at a time
 * @param entity whole entity id, such as {@code case/harbour/permits/c-1}
 * @param tenant whose entity
 * @param text what a change writes: a title, a comment or an assignee; empty for a read
 * @param invoked nanoseconds of the machine's monotonic clock, before the first request
 * @param completed after the last answer
 * @param attempts requests that were sent
 * @param outcome what the client may rely on
 * @param node the node that gave the last answer, or empty
 * @param answer what it said; {@link Answer#NONE} unless the outcome is {@link Outcome#OK}
 * @param code the error code of a failure, or empty
 */
public record Operation(
    String id,
    String client,
    Kind kind,
    String entity,
    String tenant,
    String text,
    long invoked,
    long completed,
    int attempts,
    Outcome outcome,
    String node,
    Answer answer,
    String code) {

  /** What can be asked. */
  public enum Kind {
    /** Makes the case. */
    CREATE,
    /** Adds one to the case's comments. */
    COMMENT,
    /** Replaces the case's assignee. */
    ASSIGN,
    /** Reads the case. */
    READ
  }

  /** What a client may rely on. */
  public enum Outcome {
    /** Acknowledged. */
    OK,
    /** Certainly not done. */
    FAIL,
    /** Done or not, now or later. */
    UNKNOWN
  }

  /**
   * An acknowledgement.
   *
   * @param sequence the entity's version: of a change, the record it made
   * @param slice where the entity's log lies
   * @param position in the slice, batch offset times 2^20 plus index; of a change that was answered
   *     again and of a read, one that is not before the record
   * @param replayed whether the change had been answered before
   * @param comments number of comments that a read saw
   * @param assignee that a read saw
   */
  public record Answer(
      long sequence, int slice, long position, boolean replayed, int comments, String assignee) {

    /** No acknowledgement. */
    public static final Answer NONE = new Answer(0, -1, -1, false, 0, "");
  }

  /** Whether it was acknowledged. */
  public boolean ok() {
    return outcome == Outcome.OK;
  }

  /** Whether it changes the entity. */
  public boolean changes() {
    return kind != Kind.READ;
  }
}
