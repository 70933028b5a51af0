package govcloud.recovery.failover;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the sealed secrets of every epoch in an archive without reading all of it: the epochs of a
 * slice's segments only ever ascend, so it is halved wherever both ends differ.
 */
public final class EpochGrants {
  private final KeyedArchive archive;
  private final SortedMap<Integer, KeyGrant> found = new TreeMap<>();

  private EpochGrants(KeyedArchive archive) {
    this.archive = archive;
  }

  /**
   * One grant of each epoch, in order.
   *
   * @throws RecoveryException when a segment that is needed is missing or damaged
   */
  public static List<KeyGrant> of(Replica replica, RecoveryPoint point) throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      EpochGrants grants = new EpochGrants(archive);
      for (Map.Entry<Integer, Long> slice : point.lastSegments().entrySet()) {
        grants.between(
            slice.getKey(), 1, slice.getValue(), grants.at(slice.getKey(), slice.getValue()));
      }
      point
          .cut()
          .map(cut -> cut.statement().getGrant())
          .ifPresent(grant -> grants.found.putIfAbsent(grant.getEpoch(), grant));
      return new ArrayList<>(grants.found.values());
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
  }

  private void between(int slice, long first, long last, ByteString epochOfLast)
      throws ArchiveStoreException, DamagedReplicaException, RecoveryException {
    if (first >= last || at(slice, first).equals(epochOfLast)) {
      return;
    }
    long middle = first + (last - first) / 2;
    ByteString epochOfMiddle = at(slice, middle);
    between(slice, first, middle, epochOfMiddle);
    between(slice, middle + 1, last, epochOfLast);
  }

  private ByteString at(int slice, long number)
      throws ArchiveStoreException, DamagedReplicaException, RecoveryException {
    KeyGrant grant =
        archive
            .segment(slice, number)
            .orElseThrow(
                () ->
                    new RecoveryException(
                        Code.RECOVERY_ARCHIVE_DAMAGED,
                        ArchiveName.segment(slice, number).text() + ": missing (expected: there)"))
            .statement()
            .getGrant();
    found.putIfAbsent(grant.getEpoch(), grant);
    return grant.getEpochKey();
  }
}
