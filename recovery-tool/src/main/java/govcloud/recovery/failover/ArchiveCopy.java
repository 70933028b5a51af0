package govcloud.recovery.failover;

import com.google.protobuf.UnsafeByteOperations;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Gives a rebuilt cloud its archive back: what it signed, what it got receipts for. Its nodes go on
 * behind the last segment, so nothing is sent twice. Repeatable.
 */
public final class ArchiveCopy {
  private static final List<StatementKind> KINDS =
      List.of(
          StatementKind.SEGMENT,
          StatementKind.RECEIPT,
          StatementKind.MANIFEST,
          StatementKind.CUT,
          StatementKind.COUNTERSIGNATURE);

  private final Replica replica;
  private final ArchiveStore home;
  private final BlobStore replicaBlobs;
  private final BlobStore homeBlobs;
  private long files;

  /**
   * A copy.
   *
   * @param replicaBlobs attachments that the sibling received
   * @param home the archive of the rebuilt cloud
   * @param homeBlobs its attachments
   */
  public ArchiveCopy(
      Replica replica, BlobStore replicaBlobs, ArchiveStore home, BlobStore homeBlobs) {
    this.replica = replica;
    this.replicaBlobs = replicaBlobs;
    this.home = home;
    this.homeBlobs = homeBlobs;
  }

  /** Is told how far it is. */
  public interface Listener {
    /** So many of all files are there. */
    void copied(long files, long all);
  }

  /**
   * Copies everything up to a point, and all attachments; the newest files first: a node can go on
   * as soon as the last ones are there. What is written is compared with its address or what was
   * there.
   *
   * @throws RecoveryException when an archive does not work
   */
  public void run(RecoveryPoint point, Listener listener) throws RecoveryException {
    try {
      List<ArchiveName> names = new ArrayList<>();
      for (StatementKind kind : KINDS) {
        List<ArchiveName> ofKind = new ArrayList<>(replica.store().list(kind));
        ofKind.removeIf(name -> !belongs(point, name));
        Collections.reverse(ofKind);
        names.addAll(ofKind);
      }
      for (ArchiveName name : names) {
        byte[] file = replica.store().read(name).orElseThrow();
        home.put(name, UnsafeByteOperations.unsafeWrap(file));
        files++;
        listener.copied(files, names.size());
      }
      copyBlobs(names.size(), listener);
    } catch (ArchiveStoreException e) {
      throw new RecoveryException(Code.RECOVERY_TARGET_FAILED, "archive: " + e.getMessage(), e);
    }
  }

  private void copyBlobs(long before, Listener listener) throws ArchiveStoreException {
    List<StoredBlob> all = new ArrayList<>();
    replicaBlobs.list(all::add);
    for (StoredBlob blob : all) {
      homeBlobs.put(blob.address(), BlobSource.of(replicaBlobs, blob));
      files++;
      listener.copied(files, before + all.size());
    }
  }

  /** A point before the end leaves out the segments behind it: there the rebuilt cloud goes on. */
  private static boolean belongs(RecoveryPoint point, ArchiveName name) {
    return switch (name.kind()) {
      case SEGMENT, RECEIPT -> name.number() <= point.lastSegments().getOrDefault(name.slice(), 0L);
      default -> true;
    };
  }

  /** Files that were copied. */
  public long files() {
    return files;
  }
}
