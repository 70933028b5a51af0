package govcloud.domain.exchange;

import java.util.List;

/** What may be asked of a ledger. */
public sealed interface LedgerCommand {

  /**
   * Puts entries behind those that are there.
   *
   * @param key public key that signs the ledger's states; that of the first entries for ever
   * @param siteEpoch of the cloud; 0: not known, or the ledger is the copy of another cloud's
   * @param leaves the entries' bytes, base 64
   */
  record Append(String key, int siteEpoch, List<String> leaves) implements LedgerCommand {
    public Append {
      leaves = List.copyOf(leaves);
    }
  }
}
