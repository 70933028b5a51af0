package govcloud.recovery.failover;

import com.google.protobuf.UnsafeByteOperations;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
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
  private long files;

  /**
   * A copy.
   *
   * @param home the archive of the rebuilt cloud
   */
  public ArchiveCopy(Replica replica, ArchiveStore home) {
    this.replica = replica;
    this.home = home;
  }

  /** Is told how far it is. */
  public interface Listener {
    /** So many of all files are there. */
    void copied(long files, long all);
  }

  /**
   * Copies everything up to a point; the newest first: a node can go on as soon as the last ones
   * are there.
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
    } catch (ArchiveStoreException e) {
      throw new RecoveryException(Code.RECOVERY_TARGET_FAILED, "archive: " + e.getMessage(), e);
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
