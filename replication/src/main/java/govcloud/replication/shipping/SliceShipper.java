package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings the segments of one slice from the cloud's own archive to the sibling, in order, and keeps
 * the sibling's receipts. The archive is its memory: it goes on behind the last receipt there.
 * Several may work on one slice. Blocks; not for several threads.
 */
public final class SliceShipper {

  /** What a step did. */
  public enum Step {
    /** A segment was delivered or a receipt came: there may be more to do. */
    DONE,
    /** There is no segment to deliver. */
    NOTHING_TO_SHIP,
    /** Everything that may be on its way is. */
    WAITING_FOR_RECEIPTS
  }

  /**
   * How far the sibling has said that it has the slice.
   *
   * @param number of the last segment with a receipt, 0 before the first
   * @param nextOffset offset behind its last batch
   * @param highestClock highest hybrid clock up to there
   * @param receivedAt when the sibling received it, as the sibling says, milliseconds since 1970
   */
  public record Progress(long number, long nextOffset, long highestClock, long receivedAt) {

    /** Before the first receipt. */
    public static final Progress NONE = new Progress(0, 0, 0, 0);
  }

  private final int slice;
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final SiblingLink link;
  private Progress progress = Progress.NONE;
  private long signed;
  private long delivered;
  private long back = 1;

  /**
   * Finds the last receipt.
   *
   * @param trust the cloud's own keys and the sibling's
   * @throws DamagedReplicaException when the last receipt or its segment is damaged
   */
  public SliceShipper(int slice, ArchiveStore store, ReplicaTrust trust, SiblingLink link)
      throws ArchiveStoreException, DamagedReplicaException {
    this.slice = slice;
    this.store = store;
    this.trust = trust;
    this.link = link;
    Optional<ArchiveName> last = store.last(StatementKind.RECEIPT, slice);
    if (last.isPresent()) {
      delivered = last.get().number();
      byte[] receipt = store.read(last.get()).orElseThrow();
      take(segment(delivered).orElseThrow(), UnsafeByteOperations.unsafeWrap(receipt));
    }
  }

  /** How far the sibling has said that it has the slice. */
  public Progress progress() {
    return progress;
  }

  /** How many segments the sibling has signed for and is known not to have. */
  public long missing() {
    return Math.max(0, signed - progress.number());
  }

  /**
   * Asks whether the sibling still has what it signed for, where it can be asked.
   *
   * @throws SiblingLostException when it has not
   */
  public void check() throws LinkException, RefusedException, SiblingLostException {
    OptionalLong has = link.lastSegment(slice);
    if (has.isPresent() && has.getAsLong() < progress.number()) {
      throw new SiblingLostException(slice, progress.number(), has.getAsLong());
    }
  }

  /**
   * Goes back to what the sibling has: from here on it gets again what it signed for and lacks.
   * Only people begin this.
   *
   * @param atLeast number up to which it is known to have been refilled, where it cannot be asked;
   *     0: the refilling begins, or begins anew
   */
  public void refill(long atLeast) throws LinkException, RefusedException {
    if (atLeast == 0) {
      link.forgetAnswers(slice);
    }
    goTo(Math.min(progress.number(), link.lastSegment(slice).orElse(atLeast)));
  }

  private void goTo(long number) {
    signed = Math.max(signed, progress.number());
    if (number < progress.number()) {
      delivered = number;
      progress = new Progress(number, 0, 0, 0);
    }
  }

  /**
   * Delivers one segment or takes in one receipt.
   *
   * @throws LinkException when the sibling did not answer: try again later
   * @throws RefusedException when the sibling refuses the segment
   * @throws SiblingLostException when the sibling lacks what it signed for, and is not refilled
   * @throws DamagedReplicaException when the archive or the receipt is damaged
   */
  public Step step()
      throws LinkException,
          RefusedException,
          SiblingLostException,
          ArchiveStoreException,
          DamagedReplicaException {
    if (delivered > progress.number()) {
      ArchiveName oldest = ArchiveName.segment(slice, progress.number() + 1);
      Optional<ByteString> answer = link.answer(oldest);
      if (answer.isPresent()) {
        take(segment(oldest.number()).orElseThrow(), answer.get());
        return Step.DONE;
      }
      if (delivered - progress.number() >= link.window()) {
        return Step.WAITING_FOR_RECEIPTS;
      }
    }
    return deliver(delivered + 1);
  }

  private Step deliver(long number)
      throws LinkException,
          RefusedException,
          SiblingLostException,
          ArchiveStoreException,
          DamagedReplicaException {
    Optional<Segment> segment = segment(number);
    if (segment.isEmpty()) {
      return delivered > progress.number() ? Step.WAITING_FOR_RECEIPTS : Step.NOTHING_TO_SHIP;
    }
    Optional<ByteString> answer;
    try {
      answer = link.deliver(ArchiveName.segment(slice, number), segment.get().file());
    } catch (RefusedException e) {
      goBack(number, e);
      return Step.DONE;
    }
    if (answer.isPresent()) {
      take(segment.get(), answer.get());
    }
    delivered = number;
    return Step.DONE;
  }

  /**
   * The sibling has signed for the segment before this one and does not have it. While it is
   * refilled this steps back further; otherwise it is for people to decide.
   */
  private void goBack(long number, RefusedException refused)
      throws LinkException, RefusedException, SiblingLostException {
    boolean forgotten = back > 1 || number == progress.number() + 1;
    if (!refused.code().equals(ReplicaDefect.REPLICA_GAP.name()) || number == 1 || !forgotten) {
      throw refused;
    }
    if (missing() == 0) {
      long has = link.lastSegment(slice).orElse(0);
      throw new SiblingLostException(slice, progress.number(), has);
    }
    goTo(Math.max(0, number - 1 - back));
    delivered = progress.number();
    back *= 2;
  }

  private void take(Segment segment, ByteString receipt)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.receipt(slice, segment.statement().getNumber());
    Receipt verified = Receipt.verify(name, receipt.toByteArray(), trust);
    verified.requireFor(segment.head());
    HomeFiles.keep(store, name, receipt);
    progress =
        new Progress(
            name.number(),
            segment.lastOffset() + 1,
            segment.statement().getHighestClock(),
            verified.statement().getReceivedAt());
    back = 1;
  }

  private Optional<Segment> segment(long number)
      throws ArchiveStoreException, DamagedReplicaException {
    return HomeFiles.segment(store, trust, ArchiveName.segment(slice, number));
  }
}
