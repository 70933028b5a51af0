package govcloud.replication.keys;

/** The epoch that seals now. A cloud's epoch may be followed by another while it works. */
@FunctionalInterface
public interface SealingEpoch {

  /**
   * Its keys; the caller closes them, and asks anew for what is sealed later.
   *
   * @throws KeyException when they cannot be read, or it is not known which one counts
   */
  EpochKeys open() throws KeyException;
}
