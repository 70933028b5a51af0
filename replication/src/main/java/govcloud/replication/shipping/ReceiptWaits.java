package govcloud.replication.shipping;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Who waits for the sibling's receipts: for each slice, by offset in its log. Whoever is answered
 * here tells somebody that nothing can be lost any more. For several threads.
 */
public final class ReceiptWaits {
  private final Map<Integer, ConcurrentSkipListMap<Long, CompletableFuture<Void>>> waiting =
      new ConcurrentHashMap<>();

  /** Nobody waits. */
  public ReceiptWaits() {}

  /**
   * Completes when the batch at an offset has a receipt; whoever asks looks afterwards at what is
   * known already, since a receipt may have come in between.
   */
  public CompletableFuture<Void> at(int slice, long offset) {
    return waiting
        .computeIfAbsent(slice, of -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(offset, of -> new CompletableFuture<>());
  }

  /**
   * There are receipts for a slice.
   *
   * @param receiptedOffset offset behind the last batch that has one
   */
  public void receipted(int slice, long receiptedOffset) {
    ConcurrentSkipListMap<Long, CompletableFuture<Void>> of = waiting.get(slice);
    if (of != null) {
      Iterator<CompletableFuture<Void>> done = of.headMap(receiptedOffset).values().iterator();
      while (done.hasNext()) {
        CompletableFuture<Void> receipt = done.next();
        done.remove();
        receipt.complete(null);
      }
    }
  }
}
