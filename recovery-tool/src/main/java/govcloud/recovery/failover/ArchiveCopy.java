package govcloud.recovery.failover;

import com.google.protobuf.UnsafeByteOperations;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a rebuilt cloud its archive back: what it signed, what it got receipts for. Its nodes go on
 * behind the last segment, so nothing is sent twice. Of a part that is there already, because the
 * cloud was here before, nothing is brought again: files of a kind are chained by their hashes, so
 * one that is the same in both archives vouches for all before it. Repeatable.
 */
public final class ArchiveCopy {
  private static final List<StatementKind> KINDS =
      List.of(
          StatementKind.SEGMENT,
          StatementKind.RECEIPT,
          StatementKind.MANIFEST,
          StatementKind.CUT,
          StatementKind.COUNTERSIGNATURE);

  /** Each file of these names the hash of the one before. */
  private static final Set<StatementKind> CHAINED =
      Set.of(StatementKind.SEGMENT, StatementKind.MANIFEST, StatementKind.CUT);

  private record Chain(StatementKind kind, int slice) {}

  private final ArchiveStore replica;
  private final ArchiveStore home;
  private final BlobStore replicaBlobs;
  private final BlobStore homeBlobs;
  private final Set<ArchiveName> there = new HashSet<>();
  private final Map<Chain, Long> common = new HashMap<>();
  private long files;
  private long broughtFiles;
  private long broughtBytes;

  /**
   * A copy.
   *
   * @param replica what the sibling received
   * @param replicaBlobs attachments that it received
   * @param home the archive of the rebuilt cloud
   * @param homeBlobs its attachments
   */
  public ArchiveCopy(
      ArchiveStore replica, BlobStore replicaBlobs, ArchiveStore home, BlobStore homeBlobs) {
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
        List<ArchiveName> ofKind = new ArrayList<>(replica.list(kind));
        ofKind.removeIf(name -> !belongs(point, name));
        Collections.reverse(ofKind);
        names.addAll(ofKind);
        there.addAll(home.list(kind));
      }
      for (ArchiveName name : names) {
        if (!isThere(name)) {
          byte[] file = replica.read(name).orElseThrow();
          home.put(name, UnsafeByteOperations.unsafeWrap(file));
          brought(file.length);
        }
        files++;
        listener.copied(files, names.size());
      }
      copyBlobs(names.size(), listener);
    } catch (ArchiveStoreException e) {
      throw new RecoveryException(Code.RECOVERY_TARGET_FAILED, "archive: " + e.getMessage(), e);
    }
  }

  private void brought(long bytes) {
    broughtFiles++;
    broughtBytes += bytes;
  }

  /** Whether it need not be brought; answers to files that are the same are the same. */
  private boolean isThere(ArchiveName name) throws ArchiveStoreException {
    StatementKind kind =
        switch (name.kind()) {
          case RECEIPT -> StatementKind.SEGMENT;
          case COUNTERSIGNATURE -> StatementKind.CUT;
          default -> name.kind();
        };
    if (!there.contains(name) || !CHAINED.contains(kind)) {
      return false;
    }
    Chain chain = new Chain(kind, name.slice());
    Long last = common.get(chain);
    if (last == null) {
      last = lastCommon(chain);
      common.put(chain, last);
    }
    return name.number() <= last;
  }

  /** The last number up to which both archives have the same files; halves where they differ. */
  private long lastCommon(Chain chain) throws ArchiveStoreException {
    long same = 0;
    long most = home.last(chain.kind(), chain.slice()).map(ArchiveName::number).orElse(0L);
    most =
        Math.min(
            most, replica.last(chain.kind(), chain.slice()).map(ArchiveName::number).orElse(0L));
    long tried = most;
    while (same < most) {
      if (isSame(new ArchiveName(chain.kind(), chain.slice(), tried))) {
        same = tried;
      } else {
        most = tried - 1;
      }
      tried = same + (most - same + 1) / 2;
    }
    return same;
  }

  private boolean isSame(ArchiveName name) throws ArchiveStoreException {
    Optional<byte[]> here = home.read(name);
    return here.isPresent() && Arrays.equals(here.get(), replica.read(name).orElse(null));
  }

  private void copyBlobs(long before, Listener listener) throws ArchiveStoreException {
    List<StoredBlob> all = new ArrayList<>();
    replicaBlobs.list(all::add);
    for (StoredBlob blob : all) {
      if (homeBlobs.length(blob.address()).orElse(-1) != blob.length()) {
        homeBlobs.put(blob.address(), BlobSource.of(replicaBlobs, blob));
        brought(blob.length());
      }
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

  /** Files that are there now. */
  public long files() {
    return files;
  }

  /** How many of them were brought by this copy. */
  public long broughtFiles() {
    return broughtFiles;
  }

  /** Bytes of those. */
  public long broughtBytes() {
    return broughtBytes;
  }
}
