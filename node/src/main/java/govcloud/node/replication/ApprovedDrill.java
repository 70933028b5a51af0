package govcloud.node.replication;

import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.DrillGrant;
import govcloud.domain.operation.OperationState;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import java.util.Optional;

/**
 * Whether epochs are granted to the drill key that lies beside the keys: in a cloud that has
 * officers, only when the log says that two of them have signed for it. Blocks.
 */
final class ApprovedDrill {
  /** Under what the operation is noted. */
  static final String NOTED = "drill";

  /** What is told. */
  static final String SUBJECT = "keys/drill";

  private final KeyLog log;
  private final DrillGrants grants;
  private final RefusedKeys refused;
  private Optional<DrillCard> counting = Optional.empty();

  /** Nothing is looked at yet. */
  ApprovedDrill(KeyLog log, KeyFolder keys, RefusedKeys refused) {
    this.log = log;
    this.grants = new DrillGrants(keys);
    this.refused = refused;
  }

  /**
   * Grants the drill key the epochs that have begun since; one that does not count gets nothing,
   * and that it lies there is written down once.
   */
  synchronized void look() throws Exception {
    Optional<DrillCard> card = grants.card();
    if (card.isEmpty()) {
      refused.accept(SUBJECT);
      return;
    }
    if (!counts(card.get())) {
      refused.refuse(SUBJECT, notApproved("the drill key " + id(card.get())));
    } else if (!grants.areOf(card.get())) {
      refused.refuse(SUBJECT, notApproved("a grant to another key than " + id(card.get())));
    } else {
      refused.accept(SUBJECT);
      grants.complete();
    }
  }

  private boolean counts(DrillCard card) throws Exception {
    if (counting.equals(Optional.of(card))) {
      return true;
    }
    boolean counts = !log.hasOfficers() || isSigned(card);
    counting = counts ? Optional.of(card) : Optional.empty();
    return counts;
  }

  private boolean isSigned(DrillCard card) throws Exception {
    var grant =
        new DrillGrant(ReplicaHash.hex(card.key().publicKey()), ReplicaHash.hex(card.signer()));
    return log.signed(NOTED, DangerousCommand.GRANT_DRILL_KEY, grant.subject())
        .filter(
            state ->
                state.status() == OperationState.Status.RUNNING
                    || state.status() == OperationState.Status.SUCCEEDED)
        .isPresent();
  }

  private static String id(DrillCard card) {
    return ReplicaHash.hex(card.key().id());
  }

  private static KeyException notApproved(String what) {
    return new KeyException(
        KeyDefect.KEY_NOT_APPROVED, what + " (expected: what two officers have signed for)");
  }
}
