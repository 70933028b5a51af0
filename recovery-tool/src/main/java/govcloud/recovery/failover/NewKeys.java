package govcloud.recovery.failover;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Makes the keys of a rebuilt cloud. Its new signing key is vouched for by the recovery key, for
 * which enough officers gave their shares; from the moment its sibling has the new card, nothing
 * more is taken from the old site.
 */
public final class NewKeys {
  private NewKeys() {}

  /**
   * Makes the keys in an empty folder.
   *
   * @param secrets joined from shares; vouch for the new key
   * @param old card of the lost cloud
   * @param siblings cards of the clouds that the rebuilt one trusts
   * @return the card of the rebuilt cloud, for its sibling
   * @throws RecoveryException with {@code RECOVERY_KEYS_WRONG}
   */
  public static CloudCard make(
      Replica replica,
      RecoverySecrets secrets,
      RecoveryPoint point,
      CloudCard old,
      List<CloudCard> siblings,
      Path folder,
      SecureRandom random)
      throws RecoveryException {
    KeyFolder keys = new KeyFolder(folder);
    try {
      keys.recover(old, secrets, EpochGrants.of(replica, point), end(replica, point), random);
      for (CloudCard sibling : siblings) {
        keys.trust(sibling);
      }
      return keys.card();
    } catch (KeyException e) {
      throw new RecoveryException(Code.RECOVERY_KEYS_WRONG, e.defect() + ": " + e.getMessage(), e);
    } catch (ArchiveStoreException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
  }

  private static SiteEnd end(Replica replica, RecoveryPoint point) throws ArchiveStoreException {
    return new SiteEnd(
        point.lastSegments(),
        last(replica, StatementKind.MANIFEST),
        last(replica, StatementKind.CUT));
  }

  private static long last(Replica replica, StatementKind kind) throws ArchiveStoreException {
    return replica.store().last(kind, 0).map(ArchiveName::number).orElse(0L);
  }
}
