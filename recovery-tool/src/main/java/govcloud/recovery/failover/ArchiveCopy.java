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
import java.util.concurrent.atomic.AtomicLong;

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
  private final AtomicLong files = new AtomicLong();

  /**
   * A copy.
   *
   * @param home the archive of the rebuilt cloud
   */
  public ArchiveCopy(Replica replica, ArchiveStore home) {
    this.replica = replica;
    this.home = home;
  }

  /**
   * Copies everything up to a point.
   *
   * @throws RecoveryException when an archive does not work
   */
  public void run(RecoveryPoint point) throws RecoveryException {
    try {
      for (StatementKind kind : KINDS) {
        List<ArchiveName> names = new ArrayList<>(replica.store().list(kind));
        // The newest first: a node can go on as soon as the last ones are there.
        Collections.reverse(names);
        for (ArchiveName name : names) {
          if (belongs(point, name)) {
            copy(name);
          }
        }
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

  private void copy(ArchiveName name) throws ArchiveStoreException {
    byte[] file = replica.store().read(name).orElseThrow();
    home.put(name, UnsafeByteOperations.unsafeWrap(file));
    files.incrementAndGet();
  }

  /** Files copied so far; may be asked by any thread. */
  public long files() {
    return files.get();
  }
}
