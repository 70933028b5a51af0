package govcloud.node.replication;

import govcloud.domain.operation.KeyRotation;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which epoch of this cloud seals: the newest for which the log says that two officers have signed,
 * whoever has put a newer one into the folder. What was sealed with another one is opened all the
 * same. Blocks.
 */
final class ApprovedEpochs {
  /** Subject of the alarm that the epochs of a new site are not those that it was given. */
  private static final String GIVEN = "keys/epochs.vouched";

  private final KeyLog log;
  private final KeyFolder keys;
  private final RefusedKeys refused;
  private final Set<Integer> counting = ConcurrentHashMap.newKeySet();
  private OptionalInt given = OptionalInt.empty();

  /** Nothing is looked at yet. */
  ApprovedEpochs(KeyLog log, KeyFolder keys, RefusedKeys refused) {
    this.log = log;
    this.keys = keys;
    this.refused = refused;
  }

  /** The newest one that counts; that a newer one does not is written down once. */
  synchronized int newest() throws Exception {
    int newest = keys.newestEpoch();
    while (newest > given() && !counts(new KeyRotation(KeyRotation.Kind.EPOCH, newest))) {
      newest--;
    }
    return newest;
  }

  /** Those for which nobody has to sign. */
  private int given() {
    if (given.isEmpty()) {
      try {
        given = OptionalInt.of(keys.givenEpochs());
        refused.accept(GIVEN);
      } catch (KeyException e) {
        refused.refuse(GIVEN, e);
        return 1;
      }
    }
    return given.getAsInt();
  }

  private boolean counts(KeyRotation rotation) throws Exception {
    if (counting.contains(rotation.number())) {
      return true;
    }
    Optional<KeyException> why = whyNot(rotation);
    if (why.isEmpty()) {
      counting.add(rotation.number());
      refused.accept(rotation.subject());
    } else {
      refused.refuse(rotation.subject(), why.get());
    }
    return why.isEmpty();
  }

  /** One whose file, or whose note, is damaged does not count either: the one before seals. */
  private Optional<KeyException> whyNot(KeyRotation rotation) throws Exception {
    try {
      String fingerprint = KeyRotations.fingerprint(keys, rotation);
      boolean counts =
          !log.hasOfficers()
              || log.decided(rotation)
                  .filter(state -> state.result().equals(fingerprint))
                  .isPresent();
      return counts ? Optional.empty() : Optional.of(notApproved(rotation));
    } catch (KeyException e) {
      return Optional.of(e);
    }
  }

  private static KeyException notApproved(KeyRotation rotation) {
    return new KeyException(
        KeyDefect.KEY_NOT_APPROVED,
        "epoch " + rotation.number() + " (expected: one that two officers have signed for)");
  }
}
