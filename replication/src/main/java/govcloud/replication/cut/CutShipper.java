package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;

/**
 * Brings cuts from the cloud's own archive to the sibling, in order, and keeps the sibling's
 * countersignatures. The archive is its memory: it goes on behind the last countersignature there.
 * Blocks; not for several threads.
 */
public final class CutShipper {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final SiblingLink link;
  private long next;
  private long delivered;

  /**
   * A shipper; nothing is read yet.
   *
   * @param trust the cloud's own keys and the sibling's
   */
  public CutShipper(ArchiveStore store, ReplicaTrust trust, SiblingLink link) {
    this.store = store;
    this.trust = trust;
    this.link = link;
  }

  /**
   * Delivers one cut, or takes in one countersignature.
   *
   * @return number of the cut that is countersigned now; empty where there is nothing to deliver,
   *     or the answer comes later
   * @throws LinkException when the sibling did not answer, or lacks segments: try again later
   * @throws RefusedException when the sibling finds something else in its own copy
   * @throws DamagedReplicaException when the archive or the countersignature is damaged
   */
  public Optional<Long> step()
      throws LinkException, RefusedException, ArchiveStoreException, DamagedReplicaException {
    if (next == 0) {
      next = firstWithoutCountersignature();
    }
    Optional<byte[]> file = store.read(ArchiveName.cut(next));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Cut cut = Cut.verify(ArchiveName.cut(next), file.get(), trust);
    Optional<ByteString> answer = exchange(cut);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    // Should the answer be of no use, the cut is delivered again.
    delivered = 0;
    keep(cut, answer.get());
    return Optional.of(next++);
  }

  private ArchiveName name() {
    return ArchiveName.cut(next);
  }

  private Optional<ByteString> exchange(Cut cut)
      throws LinkException, RefusedException, ArchiveStoreException {
    try {
      if (delivered == next) {
        return link.answer(name());
      }
      Optional<ByteString> answer = link.deliver(name(), cut.file());
      delivered = next;
      return answer;
    } catch (LinkException e) {
      delivered = 0;
      throw e;
    } catch (RefusedException e) {
      delivered = 0;
      if (e.code().equals(ReplicaDefect.REPLICA_MISSING.name())) {
        throw new LinkException("the sibling is not as far yet: " + e.getMessage(), e);
      }
      if (e.code().equals(ReplicaDefect.REPLICA_GAP.name())) {
        if (hasCutBefore()) {
          // The sibling has lost earlier ones: they are offered again.
          next--;
          throw new LinkException("the sibling needs the cut before: " + e.getMessage(), e);
        }
        return offerAsFirst(cut);
      }
      throw e;
    }
  }

  private boolean hasCutBefore() throws ArchiveStoreException {
    return next > 1 && store.read(ArchiveName.cut(next - 1)).isPresent();
  }

  /**
   * Those before were deleted. A sibling that has no cut begins with this one if a later one says
   * so; that one is shown to it first, and refused as a gap.
   */
  private Optional<ByteString> offerAsFirst(Cut cut)
      throws LinkException, RefusedException, ArchiveStoreException {
    ArchiveName newest = store.last(StatementKind.CUT, 0).orElseThrow();
    byte[] file = store.read(newest).orElseThrow();
    try {
      link.deliver(newest, UnsafeByteOperations.unsafeWrap(file));
    } catch (RefusedException e) {
      if (!e.code().equals(ReplicaDefect.REPLICA_GAP.name())) {
        throw e;
      }
    }
    Optional<ByteString> answer = link.deliver(name(), cut.file());
    delivered = next;
    return answer;
  }

  private void keep(Cut cut, ByteString answer)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.countersignature(cut.statement().getNumber());
    Countersignature.verify(name, answer.toByteArray(), trust).requireFor(cut);
    try {
      store.put(name, answer);
    } catch (ArchiveStoreException e) {
      // One is there already, from before the sibling lost its own.
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
    }
  }

  private long firstWithoutCountersignature() throws ArchiveStoreException {
    long number = store.last(StatementKind.CUT, 0).map(ArchiveName::number).orElse(0L);
    while (number >= 1 && store.read(ArchiveName.countersignature(number)).isEmpty()) {
      number--;
    }
    return number + 1;
  }
}
