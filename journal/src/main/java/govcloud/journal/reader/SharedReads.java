package govcloud.journal.reader;

import govcloud.journal.core.Batch;
import govcloud.journal.core.LogStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reads of the log for all readers of a node: those who want the same rows at the same time share
 * one request, and those who come later find the newest rows in memory.
 */
final class SharedReads {

  private record Place(int slice, long offset) {}

  private final Supplier<LogStore> stores;
  private final RecentBatches recent;
  private final int limit;
  private final Map<Place, CompletableFuture<List<Batch>>> underWay = new ConcurrentHashMap<>();
  private LogStore opened;

  /**
   * @param stores gives a store whose answers may come on any thread; asked at the first read
   * @param limit rows of one request
   */
  SharedReads(Supplier<LogStore> stores, RecentBatches recent, int limit) {
    this.stores = stores;
    this.recent = recent;
    this.limit = limit;
  }

  /** As {@link LogStore#read}; completes on any thread. */
  CompletionStage<List<Batch>> from(int slice, long offset) {
    var place = new Place(slice, offset);
    var mine = new CompletableFuture<List<Batch>>();
    var theirs = underWay.putIfAbsent(place, mine);
    if (theirs != null) {
      return theirs;
    }
    try {
      store()
          .read(slice, offset, limit, (batches, failure) -> settle(place, mine, batches, failure));
    } catch (RuntimeException notAsked) {
      settle(place, mine, List.of(), notAsked);
    }
    return mine;
  }

  /** Always completes: whoever wants these rows later would wait for it as well. */
  private void settle(
      Place place, CompletableFuture<List<Batch>> mine, List<Batch> batches, Throwable failure) {
    underWay.remove(place);
    if (failure != null) {
      mine.completeExceptionally(failure);
      return;
    }
    try {
      recent.learn(place.slice(), place.offset(), batches);
    } finally {
      mine.complete(batches);
    }
  }

  private synchronized LogStore store() {
    if (opened == null) {
      opened = stores.get();
    }
    return opened;
  }
}
