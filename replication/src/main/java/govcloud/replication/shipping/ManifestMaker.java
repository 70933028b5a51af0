package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.SegmentEntry;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Signer;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the segments of the cloud's own archive in manifests, so that an omission or a rollback
 * becomes visible. Blocks; not for several threads.
 */
public final class ManifestMaker {
  /** Segments listed at once; each is read and verified. */
  private static final int MOST = 1000;

  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Signer key;
  private final int slices;
  private long[] listed;
  private long generation;
  private ByteString previous = ByteString.EMPTY;
  private long highestClock;

  /** A maker for a cloud with a number of slices; nothing is read yet. */
  public ManifestMaker(ArchiveStore store, ReplicaTrust trust, Signer key, int slices) {
    this.store = store;
    this.trust = trust;
    this.key = key;
    this.slices = slices;
  }

  /**
   * Makes the next manifest, if there are segments that none lists.
   *
   * @return whether this call made one
   * @throws DamagedReplicaException when a segment or manifest of the archive is damaged
   */
  public boolean make() throws ArchiveStoreException, DamagedReplicaException {
    if (listed == null) {
      open();
    }
    List<SliceHead> fresh = new ArrayList<>();
    long clock = highestClock;
    for (int slice = 0; slice < slices; slice++) {
      Optional<Segment> segment = next(slice, listed[slice]);
      while (segment.isPresent() && fresh.size() < MOST) {
        fresh.add(segment.get().head());
        clock = Math.max(clock, segment.get().statement().getHighestClock());
        segment = next(slice, segment.get().statement().getNumber());
      }
    }
    if (fresh.isEmpty()) {
      return false;
    }
    ArchiveName name = ArchiveName.manifest(generation + 1);
    ByteString file = Manifest.write(key.current(), generation + 1, previous, fresh, clock);
    try {
      boolean made = store.put(name, file) == ArchiveStore.Stored.NEW;
      take(Manifest.verify(name, file.toByteArray(), trust));
      return made;
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
      // Another node was quicker; what is left goes into the next one.
      take(Manifest.verify(name, store.read(name).orElseThrow(() -> e), trust));
      return false;
    }
  }

  private Optional<Segment> next(int slice, long after)
      throws ArchiveStoreException, DamagedReplicaException {
    return HomeFiles.segment(store, trust, ArchiveName.segment(slice, after + 1));
  }

  /** Looks for what each slice has been listed up to, from the last manifest back. */
  private void open() throws ArchiveStoreException, DamagedReplicaException {
    Optional<ArchiveName> last = store.last(StatementKind.MANIFEST, 0);
    long[] found = new long[slices];
    int missing = 0;
    for (int slice = 0; slice < slices; slice++) {
      missing += store.last(StatementKind.SEGMENT, slice).isPresent() ? 1 : 0;
    }
    long from = last.map(ArchiveName::number).orElse(0L);
    for (long number = from; number >= 1 && missing > 0; number--) {
      Manifest manifest = read(number);
      if (number == from) {
        generation = from;
        previous = manifest.hash();
        highestClock = manifest.statement().getHighestClock();
      }
      for (SegmentEntry entry : manifest.statement().getSegmentList()) {
        missing -= found[entry.getSlice()] == 0 ? 1 : 0;
        found[entry.getSlice()] = Math.max(found[entry.getSlice()], entry.getNumber());
      }
    }
    listed = found;
  }

  private Manifest read(long number) throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.manifest(number);
    return Manifest.verify(name, store.read(name).orElseThrow(), trust);
  }

  private void take(Manifest manifest) {
    generation = manifest.statement().getGeneration();
    previous = manifest.hash();
    highestClock = manifest.statement().getHighestClock();
    manifest
        .statement()
        .getSegmentList()
        .forEach(entry -> listed[entry.getSlice()] = entry.getNumber());
  }
}
