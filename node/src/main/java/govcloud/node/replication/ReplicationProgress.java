package govcloud.node.replication;

import govcloud.journal.Position;
import govcloud.replication.shipping.ReceiptWaits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What this node knows of how far every slice is replicated. */
public final class ReplicationProgress {
  private final AtomicReferenceArray<SliceState> states;
  private final ReceiptWaits waits = new ReceiptWaits();
  private final AtomicReference<AttachmentState> attachments =
      new AtomicReference<>(AttachmentState.UNKNOWN);
  private final AtomicReference<SegmentLoss> lostThere = new AtomicReference<>(SegmentLoss.UNKNOWN);
  private final AtomicReference<SegmentLoss> lostHere = new AtomicReference<>(SegmentLoss.UNKNOWN);
  private volatile Consumer<ReplicationMessage.Hurry> hurry = message -> {};

  /** Nothing is known of any slice. */
  public ReplicationProgress(int slices) {
    states = new AtomicReferenceArray<>(slices);
    IntStream.range(0, slices).forEach(slice -> states.set(slice, SliceState.unknown(slice)));
  }

  /** Who is told that somebody waits. */
  void onHurry(Consumer<ReplicationMessage.Hurry> listener) {
    hurry = listener;
  }

  /** Takes in news; older ones than those known change nothing but what never goes back. */
  void learn(SliceState state) {
    SliceState known =
        states.accumulateAndGet(
            state.slice(), state, (was, is) -> is.toldMillis() >= was.toldMillis() ? is : was);
    waits.receipted(state.slice(), Math.max(known.receiptedOffset(), state.receiptedOffset()));
  }

  /** The same of the attachments. */
  void learn(AttachmentState state) {
    attachments.accumulateAndGet(
        state, (was, is) -> is.toldMillis() >= was.toldMillis() ? is : was);
  }

  /** The same of what the sibling has lost. */
  void lostThere(SegmentLoss loss) {
    lostThere.accumulateAndGet(loss, ReplicationProgress::newer);
  }

  /** The same of what this cloud has lost. */
  void lostHere(SegmentLoss loss) {
    lostHere.accumulateAndGet(loss, ReplicationProgress::newer);
  }

  private static SegmentLoss newer(SegmentLoss was, SegmentLoss is) {
    return is.toldMillis() >= was.toldMillis() ? is : was;
  }

  /** What is known of segments that were lost in the middle of a slice, on either side. */
  public SegmentLoss.Both losses() {
    return new SegmentLoss.Both(lostThere.get(), lostHere.get());
  }

  /** What is known of the attachments that the sibling lacks. */
  public AttachmentState attachments() {
    return attachments.get();
  }

  /** Of every slice. */
  public List<SliceState> states() {
    return IntStream.range(0, states.length()).mapToObj(states::get).toList();
  }

  /** The lowest position that a reader of the slice's log must not lose: behind the receipts. */
  long receiptedPosition(int slice) {
    long offset = states.get(slice).receiptedOffset();
    return offset == 0
        ? Position.BEFORE_FIRST
        : Position.encode(offset - 1, Position.MAX_RECORDS - 1);
  }

  /**
   * Completes when the sibling has given its receipt for the record at a position; it may take for
   * ever. Whoever waits makes the slice hurry.
   */
  public CompletionStage<Void> receipted(int slice, long position) {
    long offset = Position.of(position).offset();
    if (states.get(slice).receiptedOffset() > offset) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> receipt = waits.at(slice, offset);
    hurry.accept(new ReplicationMessage.Hurry(slice, offset));
    // The receipt may have come in between.
    waits.receipted(slice, states.get(slice).receiptedOffset());
    return receipt;
  }
}
