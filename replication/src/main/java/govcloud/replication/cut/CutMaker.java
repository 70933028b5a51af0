package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutContent;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.CutWriter;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Signer;
import java.util.Map;
import java.util.Optional;

/**
 * Makes cuts of the home cloud's own archive: the last cut's directories, and the segments since.
 * Everything that it knows lies in the archive, so it may stop anywhere and begin again, and two at
 * the same time do no harm: a number can be taken once. Blocks; not for several threads.
 */
public final class CutMaker implements AutoCloseable {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Signer key;
  private final EpochSource epochs;
  private final int level;
  private CutFold fold;
  private long foldedFrom;

  /**
   * A maker.
   *
   * @param trust the cloud's own keys
   * @param key the newest signing key
   * @param epochs all epochs that the cloud ever had
   * @param level of Zstandard, 1 to 19
   */
  public CutMaker(
      ArchiveStore store, ReplicaTrust trust, Signer key, EpochSource epochs, int level) {
    this.store = store;
    this.trust = trust;
    this.key = key;
    this.epochs = epochs;
    this.level = level;
  }

  /**
   * Makes the next cut, or finds it made.
   *
   * @param newest keys of the newest epoch, which seal it
   * @return empty where segments up to the marks are not in the archive yet: call again later
   * @throws IllegalArgumentException when a cut of a later clock is there
   * @throws DamagedReplicaException when a file is damaged, or a segment goes on behind a mark
   * @throws ArchiveStoreException when the archive does not work, or another cut took the number
   */
  public Optional<Cut> make(CutOrder order, EpochKeys newest)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    try {
      Optional<Cut> last = Cut.last(store, trust);
      long closed = last.map(cut -> cut.statement().getClosedClock()).orElse(0L);
      if (closed == order.closedClock()) {
        close();
        return last;
      }
      if (closed > order.closedClock()) {
        throw new IllegalArgumentException(
            "closed clock: " + order.closedClock() + " (expected: > " + closed + ")");
      }
      if (!advance(last, order)) {
        return Optional.empty();
      }
      return Optional.of(write(last, order, newest));
    } catch (RuntimeException | ArchiveStoreException | DamagedReplicaException | KeyException e) {
      close();
      throw e;
    }
  }

  private boolean advance(Optional<Cut> last, CutOrder order)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    long number = last.map(cut -> cut.statement().getNumber()).orElse(0L);
    if (fold == null || foldedFrom != number) {
      close();
      fold = CutFold.open(new KeyedArchive(store, trust, epochs), last, order.tenantNames());
      foldedFrom = number;
    }
    boolean complete = true;
    for (Map.Entry<Integer, Long> mark : order.marks().entrySet()) {
      complete &= fold.advance(mark.getKey(), mark.getValue(), order.closedClock());
    }
    return complete;
  }

  private Cut write(Optional<Cut> last, CutOrder order, EpochKeys newest)
      throws ArchiveStoreException, DamagedReplicaException {
    CutDeletion deletion = last.map(Cut::deletion).orElse(CutDeletion.NONE).or(order.deletion());
    CutContent content =
        new CutContent(
            order.closedClock(),
            fold.slices(),
            fold.tenants(),
            order.blobs(),
            order.settings(),
            order.versions(),
            deletion,
            beginning(last, deletion),
            order.drained());
    ArchiveName name = ArchiveName.cut(foldedFrom + 1);
    ByteString previous = last.map(Cut::hash).orElse(ByteString.EMPTY);
    ByteString file =
        new CutWriter(key.current(), newest, level).write(name.number(), previous, content);
    store.put(name, file);
    close();
    return Cut.verify(name, file.toByteArray(), trust);
  }

  /** Manifests begin behind what the first cut that stays vouches for, as soon as it is there. */
  private ManifestBeginning beginning(Optional<Cut> last, CutDeletion deletion)
      throws ArchiveStoreException, DamagedReplicaException {
    ManifestBeginning before = last.map(Cut::beginning).orElse(ManifestBeginning.NONE);
    ArchiveName kept = ArchiveName.cut(deletion.last() + 1);
    Optional<byte[]> file = deletion.last() == 0 ? Optional.empty() : store.read(kept);
    return file.isEmpty()
        ? before
        : new SupersededManifests(store, trust).behind(before, Cut.verify(kept, file.get(), trust));
  }

  /** Forgets what was read, and the keys. */
  @Override
  public void close() {
    if (fold != null) {
      fold.close();
      fold = null;
    }
  }
}
