package govcloud.recovery.replica;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cards of the lost cloud and of the cloud that has its replica.
 *
 * @param lost whose segments they are
 * @param sibling who signed receipts for them
 */
public record SiblingCards(CloudCard lost, CloudCard sibling) {
  /** Some files of each kind are enough to see who signed, unless most are damaged. */
  private static final int TRIES = 8;

  /**
   * Finds out which card is whose.
   *
   * @param cards of two clouds
   * @param origin name of the lost cloud; empty: the one whose key signed what is in the archive
   * @throws RecoveryException with {@code RECOVERY_KEYS_WRONG} where that is not clear
   */
  public static SiblingCards find(
      List<CloudCard> cards, Optional<String> origin, ArchiveStore store)
      throws RecoveryException, ArchiveStoreException, KeyException {
    List<String> names = cards.stream().map(CloudCard::cloud).toList();
    if (cards.size() != 2) {
      throw wrong("cards: " + names + " (expected: of the lost cloud and of its sibling)");
    }
    if (origin.isPresent() && !names.contains(origin.get())) {
      throw wrong("origin: " + origin.get() + " (expected: one of " + names + ")");
    }
    for (int lost = 0; lost < 2; lost++) {
      SiblingCards found = new SiblingCards(cards.get(lost), cards.get(1 - lost));
      boolean fits =
          origin.isPresent()
              ? origin.get().equals(names.get(lost))
              : found.signedSomething(store, found.trust());
      if (fits) {
        return found;
      }
    }
    throw wrong(
        "archive: nothing that one of " + names + " signed (expected: --origin, or its card)");
  }

  private static RecoveryException wrong(String message) {
    return new RecoveryException(Code.RECOVERY_KEYS_WRONG, message);
  }

  private boolean signedSomething(ArchiveStore store, ReplicaTrust trust)
      throws ArchiveStoreException {
    List<ArchiveName> names = new ArrayList<>();
    for (StatementKind kind : List.of(StatementKind.MANIFEST, StatementKind.SEGMENT)) {
      store.list(kind).stream().limit(TRIES).forEach(names::add);
    }
    for (ArchiveName name : names) {
      Optional<byte[]> file = store.read(name);
      if (file.isPresent() && isOf(name, file.get(), trust)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(ArchiveName name, byte[] file, ReplicaTrust trust) {
    try {
      if (name.kind() == StatementKind.MANIFEST) {
        Manifest.verify(name, file, trust);
      } else {
        Segment.verify(name, file, trust);
      }
      return true;
    } catch (DamagedReplicaException e) {
      return false;
    }
  }

  /** Whose signatures count. */
  public ReplicaTrust trust() throws KeyException {
    List<TrustedKey> keys = new ArrayList<>(lost.signingKeys());
    keys.addAll(sibling.signingKeys());
    return new ReplicaTrust(
        lost.cloud(), sibling.cloud(), new TrustedKeys(keys), Set.of(lost.recoveryKey()));
  }
}
