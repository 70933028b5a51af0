package govcloud.replication.receiving;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
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
      place.next = place.readNext();
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

  /** The next one counts only if it is sound. */
  private Optional<Segment> readNext() throws ArchiveStoreException {
    try {
      return HomeFiles.segment(store, trust, ArchiveName.segment(name.slice(), name.number() + 1));
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

  /**
   * Whether what lies there is not what was kept, so that the required segment may take its place:
   * it cannot be read or does not verify, and either the bytes show that nobody signed them, or it
   * is known that the other one belongs there.
   */
  boolean isDamaged() {
    boolean isVouchedFor = signed.isPresent() || next.isPresent();
    try {
      HomeFiles.segment(store, trust, name);
      return false;
    } catch (DamagedReplicaException e) {
      return isVouchedFor || DAMAGE.contains(e.finding().defect());
    } catch (ArchiveStoreException e) {
      return isVouchedFor || e.defect() == ArchiveDefect.ARCHIVE_TOO_LARGE;
    }
  }
}
