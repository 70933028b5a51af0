package govcloud.node.eventsourcing;

import govcloud.journal.HybridClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What entities share with the node that hosts them.
 *
 * @param clock when decisions are taken
 * @param hybridClock the node's
 * @param permit whether entities may be changed here
 * @param damage where damaged entities are registered
 * @param journal where their records are
 * @param pause how long an entity refuses after a failed recovery
 * @param damagedPause how long an entity refuses after a damage was found
 */
record EntityEnvironment(
    Clock clock,
    HybridClock hybridClock,
    WritePermit permit,
    DamageRegister damage,
    JournalSeam journal,
    Duration pause,
    Duration damagedPause) {

  String consistencyToken(String entityId) {
    return journal.consistencyToken(entityId);
  }

  /**
   * Why nothing of a tenant may be read on this node: a recovery has still to bring its records
   * back, or has found them wrong. What is read before would be remembered as all that there is.
   */
  Optional<Closing> unread(String tenant) {
    return permit.closed(tenant).filter(closing -> closing.reason().isRecovery());
  }

  /** What is damaged, if that is why recovery failed. */
  Optional<JournalSeam.Damage> damageIn(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DamagedRecordException damaged) {
        return Optional.of(new JournalSeam.Damage(damaged.sequence(), damaged.getMessage()));
      }
      var found = journal.damageIn(cause);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
