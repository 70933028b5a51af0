package govcloud.ledger.log;

/** Names of the files beside the tiles. */
public final class LedgerFiles {
  /** The newest state, signed by the log. */
  public static final String CHECKPOINT = "checkpoint";

  /** The newest state that witnesses cosigned. */
  public static final String COSIGNED = "cosigned";

  /** What the log has signed, on disk before anybody sees it; not for web servers. */
  public static final String SIGNED = "sequencer/signed";

  private LedgerFiles() {}
}
