package govcloud.replication.receiving;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.SegmentEntry;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.Signer;
import govcloud.replication.statement.StatementKind;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes in what one other cloud sends: verifies everything that can be verified without a key,
 * keeps it for good, and only then signs a receipt. What it remembers is only to be quick; the
 * archive decides, so several nodes of a cloud may receive into one archive at the same time.
 * Blocks; for several threads.
 */
public final class Receiver {
  /** Where other nodes receive a slice too, it is listed so often. */
  private static final long LISTED_MILLIS = 60_000;

  /** The last segment of a slice, and when it was looked for. */
  private record Listed(long last, long millis) {}

  private final ArchiveStore store;
  private final Erasure erasure;
  private final ReplicaTrust trust;
  private final Signer key;
  private final Clock clock;
  private final Map<Integer, SliceHead> heads = new ConcurrentHashMap<>();
  private final Map<Integer, Listed> endings = new ConcurrentHashMap<>();
  private final Map<ArchiveName, ByteString> hashes = new RecentHashes().map();

  /**
   * A receiver of one cloud's replica.
   *
   * @param store archive of that cloud's files alone
   * @param erasure takes away what is damaged there, when the same comes again
   * @param trust names that cloud as origin and this one as receiver
   * @param key with which this cloud signs receipts
   */
  public Receiver(
      ArchiveStore store, Erasure erasure, ReplicaTrust trust, Signer key, Clock clock) {
    this.store = store;
    this.erasure = erasure;
    this.trust = trust;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Takes in a segment. The same one again gets the same receipt. It takes the place of one that is
   * missing between others, or damaged: never of one that is sound, nor against this cloud's own
   * receipt or the segment behind it, nor where neither is there and later ones are.
   *
   * @return the signed receipt
   * @throws DamagedReplicaException with the first defect; {@code REPLICA_GAP} where the one before
   *     is not here, {@code REPLICA_FORKED} where another one has this place, {@code
   *     REPLICA_SITE_FENCED} where it comes from a site that was given up
   * @throws ArchiveStoreException when the archive does not work: nothing is promised
   */
  public ByteString segment(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    Segment segment = Segment.verify(name, file, trust);
    trust.requireCurrentSite(name, segment.file());
    SegmentPlace place = SegmentPlace.look(name, store, trust);
    place.require(segment);
    if (!place.isVouchedFor()) {
      requireFollows(name, segment);
    }
    keep(name, UnsafeByteOperations.unsafeWrap(file), place);
    ByteString receipt = receipt(segment, place);
    heads.merge(name.slice(), segment.head(), (a, b) -> a.number() > b.number() ? a : b);
    hashes.put(name, segment.hash());
    return receipt;
  }

  private void requireFollows(ArchiveName name, Segment segment)
      throws DamagedReplicaException, ArchiveStoreException {
    SliceHead before = head(name.slice(), name.number() - 1);
    if (!segment.continues(before)) {
      throw refused(ReplicaDefect.REPLICA_FORKED, name, "continues another segment than the one");
    }
  }

  /** Two nodes may sign at the same time; the first receipt that is kept is the one. */
  private ByteString receipt(Segment segment, SegmentPlace place)
      throws ArchiveStoreException, DamagedReplicaException {
    if (place.receipt().isPresent()) {
      return place.receipt().get();
    }
    ArchiveName name =
        ArchiveName.receipt(segment.statement().getSlice(), segment.statement().getNumber());
    if (place.isReceiptDamaged()) {
      erasure.erase(name);
    }
    ByteString receipt = Receipt.write(key.current(), segment, clock.millis());
    if (place.isAmongOldCuts()) {
      return receipt;
    }
    try {
      store.put(name, receipt);
      return receipt;
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
      byte[] there = store.read(name).orElseThrow(() -> e);
      Receipt.verify(name, there, trust).requireFor(segment.head());
      return UnsafeByteOperations.unsafeWrap(there);
    }
  }

  /**
   * Number of the last segment of a slice that is here, 0 for none.
   *
   * @throws ArchiveStoreException when the archive does not work
   */
  public long lastSegment(int slice) throws ArchiveStoreException {
    return store.last(StatementKind.SEGMENT, slice).map(ArchiveName::number).orElse(0L);
  }

  /** Behind the segment with this number, which must be here with all before it. */
  private SliceHead head(int slice, long number)
      throws ArchiveStoreException, DamagedReplicaException {
    if (number == 0) {
      return SliceHead.start(slice);
    }
    ArchiveName name = ArchiveName.segment(slice, number);
    // Also what is remembered has to be here still: the disk may have been lost meanwhile.
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      long last = lastSegment(slice);
      throw refused(
          ReplicaDefect.REPLICA_GAP,
          ArchiveName.segment(slice, number + 1),
          "the last one here is " + last + " (expected: " + (last + 1) + ")");
    }
    SliceHead known = heads.get(slice);
    if (known != null && known.number() == number) {
      return known;
    }
    return Segment.verify(name, file.get(), trust).head();
  }

  /**
   * Takes in a manifest: every segment that it names must be here, and the manifest before it,
   * unless none is and the newest cut here says that they begin with this one.
   *
   * @throws DamagedReplicaException {@code REPLICA_MISSING} where a segment is not here yet
   */
  public void manifest(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    Manifest manifest = Manifest.verify(name, file, trust);
    trust.requireCurrentSite(name, UnsafeByteOperations.unsafeWrap(file));
    if (name.number() > 1) {
      ArchiveName before = ArchiveName.manifest(name.number() - 1);
      Optional<byte[]> there = store.read(before);
      if (there.isEmpty() && !isFirst(manifest)) {
        long last = store.last(StatementKind.MANIFEST, 0).map(ArchiveName::number).orElse(0L);
        throw refused(
            ReplicaDefect.REPLICA_GAP,
            name,
            "the last one here is " + last + " (expected: " + (last + 1) + ")");
      }
      if (there.isPresent()
          && !Manifest.verify(before, there.get(), trust)
              .hash()
              .equals(manifest.statement().getPreviousManifest())) {
        throw refused(ReplicaDefect.REPLICA_FORKED, name, "continues another manifest");
      }
    }
    for (SegmentEntry entry : manifest.statement().getSegmentList()) {
      check(name, entry);
    }
    keep(name, UnsafeByteOperations.unsafeWrap(file));
  }

  private boolean isFirst(Manifest manifest) throws ArchiveStoreException, DamagedReplicaException {
    ManifestBeginning beginning =
        new ManifestBeginning(
            manifest.statement().getGeneration() - 1, manifest.statement().getPreviousManifest());
    return store.last(StatementKind.MANIFEST, 0).isEmpty()
        && Cut.last(store, trust).filter(cut -> cut.beginning().equals(beginning)).isPresent();
  }

  private void check(ArchiveName manifest, SegmentEntry entry)
      throws DamagedReplicaException, ArchiveStoreException {
    ArchiveName name = ArchiveName.segment(entry.getSlice(), entry.getNumber());
    ByteString hash = hashes.remove(name);
    if (hash == null) {
      Optional<byte[]> file = store.read(name);
      if (file.isEmpty()) {
        throw refused(ReplicaDefect.REPLICA_MISSING, name, "named by " + manifest);
      }
      hash = Segment.verify(name, file.get(), trust).hash();
    }
    if (!hash.equals(entry.getHash())) {
      throw refused(ReplicaDefect.REPLICA_FORKED, name, "another one is named by " + manifest);
    }
  }

  /**
   * What is damaged gives way to what is known to belong there; everything else stays. Nothing is
   * put between others that does not hang together with them.
   */
  private void keep(ArchiveName name, ByteString file, SegmentPlace place)
      throws ArchiveStoreException, DamagedReplicaException {
    boolean isKnown = place.isVouchedFor() || isEnd(name);
    if (!isKnown && store.read(name).isEmpty()) {
      throw refused(
          ReplicaDefect.REPLICA_GAP,
          name,
          "lies between others, and neither its receipt nor the next one is here to vouch for it");
    }
    try {
      keep(name, file);
    } catch (DamagedReplicaException | ArchiveStoreException e) {
      if (!isKnown || !place.isDamaged()) {
        throw e;
      }
      erasure.erase(name);
      keep(name, file);
    }
  }

  /** Whether nothing sound is here behind a place, so that what is put there decides it. */
  private boolean isEnd(ArchiveName name) throws ArchiveStoreException {
    SliceHead known = heads.get(name.slice());
    if (known != null && known.number() == name.number() - 1) {
      return true;
    }
    Listed listed = endings.get(name.slice());
    boolean isNew = known == null || known.number() < name.number();
    boolean isBehind = listed != null && listed.last() < name.number();
    if (!isNew || !isBehind || clock.millis() - listed.millis() > LISTED_MILLIS) {
      listed = new Listed(lastSegment(name.slice()), clock.millis());
      endings.put(name.slice(), listed);
    }
    return !SegmentPlace.isSoundBehind(name, listed.last(), store, trust);
  }

  private void keep(ArchiveName name, ByteString file)
      throws ArchiveStoreException, DamagedReplicaException {
    try {
      store.put(name, file);
    } catch (ArchiveStoreException e) {
      if (e.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
        throw refused(ReplicaDefect.REPLICA_FORKED, name, "another one is here");
      }
      throw e;
    }
  }

  private static DamagedReplicaException refused(
      ReplicaDefect defect, ArchiveName name, String detail) {
    return new DamagedReplicaException(Finding.of(defect, name.text(), detail));
  }
}
