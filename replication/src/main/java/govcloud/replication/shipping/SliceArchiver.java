package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.SourceLogException;
import govcloud.replication.archive.WrittenSegment;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/**
 * Puts the log of one slice into the cloud's own archive, segment by segment. The archive itself is
 * its memory: it goes on behind the last segment there. Several may work on one slice, after a
 * fail-over or by mistake: a number can be taken once, and who comes second goes on behind the
 * segment of the first. Blocks; not for several threads.
 */
public final class SliceArchiver {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final SegmentWriter writer;
  private SliceHead head;

  /**
   * Finds where the archive ends.
   *
   * @param trust the cloud's own keys
   * @param writer for segments of the newest epoch
   * @throws DamagedReplicaException when the last segment there is damaged
   */
  public SliceArchiver(int slice, ArchiveStore store, ReplicaTrust trust, SegmentWriter writer)
      throws ArchiveStoreException, DamagedReplicaException {
    this.store = store;
    this.trust = trust;
    this.writer = writer;
    Optional<ArchiveName> last = store.last(StatementKind.SEGMENT, slice);
    this.head = last.isEmpty() ? SliceHead.start(slice) : read(last.get()).head();
  }

  /** Behind the last segment; batches from its {@code nextOffset} on are wanted. */
  public SliceHead head() {
    return head;
  }

  /**
   * Archives batches; when this returns, a power cut does not take them away.
   *
   * @param firstOffset of the first; at most that of {@link #head()}
   * @param batches consecutive, as the log stores them, before compression
   * @throws SourceLogException when the batches are not those that follow
   */
  public void archive(long firstOffset, List<ByteString> batches)
      throws ArchiveStoreException, DamagedReplicaException, SourceLogException {
    while (head.nextOffset() < firstOffset + batches.size()) {
      int skipped = Math.toIntExact(head.nextOffset() - firstOffset);
      if (skipped < 0) {
        throw new SourceLogException(head.slice(), head.nextOffset(), "was not given");
      }
      head = next(batches.subList(skipped, batches.size()));
    }
  }

  private SliceHead next(List<ByteString> batches)
      throws ArchiveStoreException, DamagedReplicaException, SourceLogException {
    ArchiveName name = ArchiveName.segment(head.slice(), head.number() + 1);
    WrittenSegment written = writer.write(head, batches);
    try {
      store.put(name, written.file());
      return written.head();
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
      Segment other = read(name);
      if (!other.continues(head)) {
        throw e;
      }
      return other.head();
    }
  }

  private Segment read(ArchiveName name) throws ArchiveStoreException, DamagedReplicaException {
    return HomeFiles.segment(store, trust, name).orElseThrow();
  }
}
