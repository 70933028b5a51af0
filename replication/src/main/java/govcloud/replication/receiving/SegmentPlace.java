package govcloud.replication.receiving;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.shipping.HomeFiles;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What this cloud knows of the place of a segment beside the file that lies there: its own receipt,
 * or else the segment behind it. Blocks; for one thread.
 */
final class SegmentPlace {
  /** The bytes are not those that were signed, whoever signed them. */
  private static final Set<ReplicaDefect> DAMAGE =
      EnumSet.of(
          ReplicaDefect.REPLICA_KIND_WRONG,
          ReplicaDefect.REPLICA_TRUNCATED,
          ReplicaDefect.REPLICA_TRAILING_BYTES,
          ReplicaDefect.REPLICA_SIGNATURE_WRONG,
          ReplicaDefect.REPLICA_MISPLACED,
          ReplicaDefect.REPLICA_CHUNK_DAMAGED);

  /** So many one after another at the end of a slice may be damaged. */
  private static final int MOST_DAMAGED = 16;

  private final ArchiveName name;
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private Optional<Receipt> signed = Optional.empty();
  private Optional<ByteString> receipt = Optional.empty();
  private boolean isReceiptDamaged;
  private Optional<Segment> next = Optional.empty();

  private SegmentPlace(ArchiveName name, ArchiveStore store, ReplicaTrust trust) {
    this.name = name;
    this.store = store;
    this.trust = trust;
  }

  /** Looks at a place. */
  static SegmentPlace look(ArchiveName name, ArchiveStore store, ReplicaTrust trust)
      throws ArchiveStoreException {
    SegmentPlace place = new SegmentPlace(name, store, trust);
    place.readReceipt();
    if (place.signed.isEmpty()) {
      place.next = sound(ArchiveName.segment(name.slice(), name.number() + 1), store, trust);
    }
    return place;
  }

  private void readReceipt() throws ArchiveStoreException {
    ArchiveName of = ArchiveName.receipt(name.slice(), name.number());
    try {
      Optional<byte[]> file = store.read(of);
      if (file.isPresent()) {
        signed = Optional.of(Receipt.verify(of, file.get(), trust));
        receipt = file.map(UnsafeByteOperations::unsafeWrap);
      }
    } catch (DamagedReplicaException e) {
      isReceiptDamaged = true;
    } catch (ArchiveStoreException e) {
      requireTooLarge(e);
      isReceiptDamaged = true;
    }
  }

  /**
   * Whether anything sound lies behind a place, or was signed for there: then what belongs there is
   * decided, also where nothing here says what it is.
   *
   * @param last number of the last segment of the slice that is here
   */
  static boolean isSoundBehind(ArchiveName name, long last, ArchiveStore store, ReplicaTrust trust)
      throws ArchiveStoreException {
    for (long number = last; number > name.number(); number--) {
      if (last - number == MOST_DAMAGED) {
        return true;
      }
      ArchiveName behind = ArchiveName.segment(name.slice(), number);
      SegmentPlace place = new SegmentPlace(behind, store, trust);
      place.readReceipt();
      if (place.signed.isPresent() || sound(behind, store, trust).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Segment> sound(ArchiveName of, ArchiveStore store, ReplicaTrust trust)
      throws ArchiveStoreException {
    try {
      return HomeFiles.segment(store, trust, of);
    } catch (DamagedReplicaException e) {
      return Optional.empty();
    } catch (ArchiveStoreException e) {
      requireTooLarge(e);
      return Optional.empty();
    }
  }

  private static void requireTooLarge(ArchiveStoreException e) throws ArchiveStoreException {
    if (e.defect() != ArchiveDefect.ARCHIVE_TOO_LARGE) {
      throw e;
    }
  }

  /**
   * Refuses another segment than the one that this cloud signed for, or that the next continues.
   *
   * @throws DamagedReplicaException with {@code REPLICA_FORKED}
   */
  void require(Segment segment) throws DamagedReplicaException {
    if (signed.isPresent() && !isFor(signed.get(), segment)) {
      throw forked("this cloud has signed for another one");
    }
    if (next.isPresent() && !next.get().continues(segment.head())) {
      throw forked("the next one here continues another one");
    }
  }

  private static boolean isFor(Receipt receipt, Segment segment) {
    try {
      receipt.requireFor(segment.head());
      return true;
    } catch (DamagedReplicaException e) {
      return false;
    }
  }

  private DamagedReplicaException forked(String detail) {
    return new DamagedReplicaException(
        Finding.of(ReplicaDefect.REPLICA_FORKED, name.text(), detail));
  }

  /** The receipt that is kept, if it is sound. */
  Optional<ByteString> receipt() {
    return receipt;
  }

  /** Whether a receipt lies there that nobody can believe: it is signed anew. */
  boolean isReceiptDamaged() {
    return isReceiptDamaged;
  }

  /** Whether its receipt or the next one says which segment belongs there. */
  boolean isVouchedFor() {
    return signed.isPresent() || next.isPresent();
  }

  /**
   * Whether it lies where receipts have gone with old cuts: one alone among them would look as if
   * the others were lost. A segment that no cut has yet may lack its receipt because another node
   * is about to keep it.
   */
  boolean isAmongOldCuts() throws ArchiveStoreException {
    return next.isPresent()
        && !isReceiptDamaged
        && isInLastCut()
        && store.read(ArchiveName.receipt(name.slice(), name.number() + 1)).isEmpty()
        && (name.number() == 1
            || store.read(ArchiveName.receipt(name.slice(), name.number() - 1)).isEmpty());
  }

  private boolean isInLastCut() throws ArchiveStoreException {
    try {
      return Cut.last(store, trust)
          .filter(cut -> cut.ends().getOrDefault(name.slice(), 0L) >= name.number())
          .isPresent();
    } catch (DamagedReplicaException e) {
      return true; // a damaged one was one
    }
  }

  /**
   * Whether what lies there is not what was kept, so that the required segment may take its place:
   * it was read and does not verify, and either the bytes show that nobody signed them, or it is
   * known that the other one belongs there. What cannot be read now may be sound.
   */
  boolean isDamaged() {
    try {
      HomeFiles.segment(store, trust, name);
      return false;
    } catch (DamagedReplicaException e) {
      return isVouchedFor() || DAMAGE.contains(e.finding().defect());
    } catch (ArchiveStoreException e) {
      return e.defect() == ArchiveDefect.ARCHIVE_TOO_LARGE;
    }
  }
}
