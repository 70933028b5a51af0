package govcloud.domain.sharing;

/** How a resource can be had. */
public enum Mode {
  /** A record for a key, at once. */
  QUERY,
  /** The answer to a question about a record, and no record: yes, no or unknown. */
  PREDICATE,
  /** Changes, as they happen. */
  SUBSCRIPTION,
  /** Everything as one file, as it is. */
  FILE,
  /** All records one after the other, each masked. */
  BATCH;

  /** Whether it gives everything at once, however large that is. */
  public boolean isWhole() {
    return this == FILE || this == BATCH;
  }
}
