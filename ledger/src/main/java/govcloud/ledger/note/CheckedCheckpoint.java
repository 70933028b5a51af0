package govcloud.ledger.note;

import govcloud.ledger.tree.Hash;
import java.util.Map;

/**
 * A checkpoint that its log signed.
 *
 * @param checkpoint what was signed
 * @param note as it was read
 * @param witnesses who cosigned it, by their names in the policy, and when, in seconds since 1970
 * @param enough whether those are as many as the policy asks for
 */
public record CheckedCheckpoint(
    Checkpoint checkpoint, SignedNote note, Map<String, Long> witnesses, boolean enough) {

  /** Keeps its own map. */
  public CheckedCheckpoint {
    witnesses = Map.copyOf(witnesses);
  }

  /** Entries of the log. */
  public long size() {
    return checkpoint.size();
  }

  /** The root over them. */
  public Hash root() {
    return checkpoint.root();
  }
}
