package govcloud.recovery.salvage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.journal.HybridClock;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.SiblingCards;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A copy of an archive with a damaged end, up to the last cut that everything before proves, as if
 * nothing had come later, in a folder. A rebuilt cloud goes on behind it, and its sibling takes
 * that in. The damaged archive stays as it is.
 */
public final class SavedArchive {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Salvage salvage;
  private final Cut cut;
  private final Map<Integer, Long> ends = new HashMap<>();
  private final long manifests;

  /**
   * What can be saved.
   *
   * @param from where the damaged archive is, for messages
   * @param store its files
   * @throws RecoveryException with {@code SALVAGE_NOT_NEEDED} where every record is there, with
   *     {@code SALVAGE_IMPOSSIBLE} where no cut is proved
   */
  public SavedArchive(String from, ArchiveStore store, ReplicaTrust trust, Salvage salvage)
      throws RecoveryException, ArchiveStoreException {
    if (salvage.isEverything()) {
      throw new RecoveryException(
          Code.SALVAGE_NOT_NEEDED,
          from + ": every record is there (expected: damage that no other copy mends)");
    }
    if (salvage.wholeCut().isEmpty()) {
      throw new RecoveryException(
          Code.SALVAGE_IMPOSSIBLE, from + ": no cut is proved (expected: one before the damage)");
    }
    this.store = store;
    this.trust = trust;
    this.salvage = salvage;
    try {
      ArchiveName name = ArchiveName.cut(salvage.wholeCut().getAsLong());
      this.cut = Cut.verify(name, store.read(name).orElseThrow(), trust);
    } catch (DamagedReplicaException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
    for (CutSlice slice : cut.statement().getSliceList()) {
      ends.put(slice.getSlice(), slice.getSegment());
    }
    this.manifests = manifests();
  }

  /** The last generation up to which manifests name nothing behind the cut. */
  private long manifests() throws ArchiveStoreException {
    long good = 0;
    for (ArchiveName name : store.list(StatementKind.MANIFEST).stream().sorted().toList()) {
      try {
        Manifest manifest = Manifest.verify(name, store.read(name).orElseThrow(), trust);
        boolean kept =
            manifest.statement().getSegmentList().stream()
                .allMatch(entry -> entry.getNumber() <= end(entry.getSlice()));
        if (!kept) {
          return good;
        }
        good = name.number();
      } catch (DamagedReplicaException e) {
        return good;
      }
    }
    return good;
  }

  private long end(int slice) {
    return ends.getOrDefault(slice, 0L);
  }

  /** Number of the cut with which it ends. */
  public long cut() {
    return cut.statement().getNumber();
  }

  /**
   * Copies it, with cards, and with what is given up written beside it.
   *
   * @param to a folder that is not there
   * @param blobs attachments of the damaged archive
   * @param cards whose archive it is
   * @return what is given up
   */
  public ObjectNode write(Path to, BlobStore blobs, SiblingCards cards)
      throws IOException, ArchiveStoreException, KeyException {
    ArchiveStore copy = FileSystemArchiveStore.open(to);
    for (StatementKind kind : StatementKind.values()) {
      for (ArchiveName name : store.list(kind)) {
        Optional<byte[]> file = isKept(name) ? store.read(name) : Optional.empty();
        if (file.isPresent()) {
          copy.put(name, UnsafeByteOperations.unsafeWrap(file.get()));
        }
      }
    }
    copy(blobs, FileSystemBlobStore.open(to));
    CardFolder.keep(to.resolve("cards"), cards.lost());
    CardFolder.keep(to.resolve("cards"), cards.sibling());
    ObjectNode given = givenUp();
    GivenUp.write(to, given);
    return given;
  }

  /** Attachments are kept whatever the point; whether a damaged one is needed, a verifier says. */
  private static void copy(BlobStore from, BlobStore to) throws ArchiveStoreException {
    List<StoredBlob> all = new ArrayList<>();
    from.list(all::add);
    for (StoredBlob blob : all) {
      try {
        to.put(blob.address(), BlobSource.of(from, blob));
      } catch (ArchiveStoreException e) {
        if (e.defect() != ArchiveDefect.ARCHIVE_ADDRESS_WRONG) {
          throw e;
        }
      }
    }
  }

  /** Statements about keys, and keys of people, are kept whatever the point. */
  private boolean isKept(ArchiveName name) {
    return switch (name.kind()) {
      case SEGMENT, RECEIPT -> name.number() <= end(name.slice());
      case MANIFEST -> name.number() <= manifests;
      case CUT, COUNTERSIGNATURE -> name.number() <= cut();
      default -> true;
    };
  }

  private ObjectNode givenUp() throws ArchiveStoreException {
    ObjectNode given = GivenUp.document();
    given.put("cut", cut());
    long closed = HybridClock.millisOf(cut.statement().getClosedClock());
    given.put("closed_at", Instant.ofEpochMilli(closed).toString());
    long segments = 0;
    ArrayNode slices = given.putArray("slices");
    for (SavedSlice slice : salvage.slices()) {
      long behind = slice.last() - end(slice.slice());
      segments += behind;
      if (behind > 0) {
        slices
            .addObject()
            .put("slice", slice.slice())
            .put("kept_to_segment", end(slice.slice()))
            .put("right_to_segment", slice.whole())
            .put("last_segment", slice.last());
      }
    }
    given.put("segments", segments);
    Map<String, Long> tenants = SalvageSearch.behind(store, trust, ends);
    given.put("records", tenants.values().stream().mapToLong(n -> n).sum());
    ArrayNode touched = given.putArray("tenants");
    tenants.forEach(
        (tenant, records) -> touched.addObject().put("pseudonym", tenant).put("records", records));
    salvage.unreadable().forEach(given.putArray("unreadable")::add);
    return given;
  }
}
