package govcloud.faultlab.history;

import govcloud.faultlab.history.Operation.Outcome;

/**
 * One query to another department, whatever number of requests it took.
 *
 * @param message unique; its idempotency key
 * @param invoked nanoseconds of the machine's monotonic clock, before the first request
 * @param completed after the last answer
 * @param attempts requests that were sent
 * @param outcome OK: data were given out; FAIL: certainly none
 * @param node the node that gave the last answer, or empty
 * @param exchange id of the entry that the answer names, or empty
 * @param index its place in the ledger, or negative
 * @param replayed whether the answer says that it was given before
 * @param code the error code of a failure, or empty
 */
public record Exchange(
    String message,
    long invoked,
    long completed,
    int attempts,
    Outcome outcome,
    String node,
    String exchange,
    long index,
    boolean replayed,
    String code) {

  /** Whether data were given out. */
  public boolean ok() {
    return outcome == Outcome.OK;
  }
}
