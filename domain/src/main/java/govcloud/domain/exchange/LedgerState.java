package govcloud.domain.exchange;

/**
 * How far a ledger has come. Its entries are read from its history.
 *
 * @param key public key that signs its states; empty: not begun
 * @param size number of entries
 * @param siteEpoch of the cloud in which it began; 0: not known, or the copy of another cloud's
 */
public record LedgerState(String key, long size, int siteEpoch) {

  /** Not begun. */
  public static final LedgerState EMPTY = new LedgerState("", 0, 0);
}
