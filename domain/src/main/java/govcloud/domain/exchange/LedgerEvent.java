package govcloud.domain.exchange;

import java.time.Instant;
import java.util.List;

/** What happened to a ledger. */
public sealed interface LedgerEvent {

  /** When. */
  Instant at();

  /**
   * It began.
   *
   * @param key states of it are signed with this one and no other
   * @param siteEpoch of the cloud in which it began; 0: not known, or the copy of another cloud's
   */
  record Begun(String key, int siteEpoch, Instant at) implements LedgerEvent {}

  /**
   * Entries were put behind those that were there.
   *
   * @param first index of the first of them, from 0
   * @param leaves their bytes, base 64
   */
  record Appended(long first, List<String> leaves, Instant at) implements LedgerEvent {
    public Appended {
      leaves = List.copyOf(leaves);
    }
  }
}
