package govcloud.domain.exchange;

/**
 * How far a ledger has come. Its entries are read from its history.
 *
 * @param key public key that signs its states; empty: not begun
 * @param size number of entries
 */
public record LedgerState(String key, long size) {

  /** Not begun. */
  public static final LedgerState EMPTY = new LedgerState("", 0);
}
