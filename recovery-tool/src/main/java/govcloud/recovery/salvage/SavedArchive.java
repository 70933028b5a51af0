package govcloud.recovery.salvage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.journal.HybridClock;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A copy of an archive with a damaged end, up to the last cut that everything before proves, as if
 * nothing had come later. A rebuilt cloud goes on behind it, and its sibling takes that in. The
 * damaged archive stays as it is.
 */
public final class SavedArchive {
  private final Path from;
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Salvage salvage;
  private final Cut cut;
  private final Map<Integer, Long> ends = new HashMap<>();
  private final long manifests;

  /**
   * What can be saved.
   *
   * @param from folder of the damaged archive
   * @param store its files
   * @throws RecoveryException with {@code SALVAGE_NOT_NEEDED} where every record is there, with
   *     {@code SALVAGE_IMPOSSIBLE} where no cut is proved
   */
  public SavedArchive(Path from, ArchiveStore store, ReplicaTrust trust, Salvage salvage)
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
    this.from = from;
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
   * Copies it, with what is given up written beside it.
   *
   * @param to a folder that is not there
   * @return what is given up
   */
  public ObjectNode write(Path to) throws IOException, ArchiveStoreException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path place = from.relativize(file);
      if (isKept(place.toString().replace('\\', '/'))) {
        Path copy = to.resolve(place.toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    ObjectNode given = givenUp();
    GivenUp.write(to, given);
    return given;
  }

  /** Cards, keys of people and attachments are kept whatever the point. */
  private boolean isKept(String place) {
    Optional<ArchiveName> name = ArchiveName.parse(place);
    if (name.isEmpty()) {
      return true;
    }
    long number = name.get().number();
    return switch (name.get().kind()) {
      case SEGMENT, RECEIPT -> number <= end(name.get().slice());
      case MANIFEST -> number <= manifests;
      case CUT, COUNTERSIGNATURE -> number <= cut();
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
