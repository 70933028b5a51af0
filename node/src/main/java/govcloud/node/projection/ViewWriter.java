package govcloud.node.projection;

import govcloud.journal.reader.PositionedRecord;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Keeps the tables of one view up with one slice. Lists are written before the row: as long as the
 * row does not reflect a record, the record is folded again after a crash and everything it changes
 * is written again. Its methods are called one at a time.
 */
public final class ViewWriter<R> implements RecordHandler {

  /** Rows that change numbers, of one atomic write. */
  private static final int MOST_COUNTING = 64;

  /** Rows of one fold: each moves in several lists, and all of that is under way at once. */
  private static final int MOST_CHANGED = 256;

  private final ViewTable<R> table;
  private final ViewStore store;
  private final CommitDecoder decoder;
  private final int slice;
  private final Executor executor;
  private final ViewCache<R> cache;

  /**
   * Keeps up one generation of the tables with one slice.
   *
   * @param cachedRows rows that are kept in memory so that they need not be read before a write
   */
  public ViewWriter(
      ViewTable<R> table,
      Generation generation,
      CommitDecoder decoder,
      int slice,
      int cachedRows,
      Executor executor) {
    this.table = table;
    this.store = table.store(generation);
    this.decoder = decoder;
    this.slice = slice;
    this.executor = executor;
    this.cache = new ViewCache<>(cachedRows);
  }

  @Override
  public CompletionStage<?> handle(List<PositionedRecord> records) {
    Map<String, List<PositionedRecord>> scopes = new LinkedHashMap<>();
    for (PositionedRecord record : records) {
      Record stored = record.record();
      if (stored.getEntityType().equals(table.view().type())) {
        scopes
            .computeIfAbsent(table.view().scope(stored.getEntityId()), scope -> new ArrayList<>())
            .add(record);
      }
    }
    return CompletableFuture.allOf(
            scopes.entrySet().stream()
                .map(scope -> write(scope.getKey(), scope.getValue()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                cache.clear();
              }
            });
  }

  private CompletionStage<?> write(String scope, List<PositionedRecord> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(record -> ids.add(record.record().getEntityId()));
    Map<String, ViewFold.Kept<R>> known = cache.rows(ids);
    ViewCache.Numbers numbers = cache.numbers(scope);
    List<String> unknown = ids.stream().filter(id -> !known.containsKey(id)).toList();
    return rows(scope, unknown)
        .thenCombineAsync(
            numbers == null ? numbers(scope) : CompletableFuture.completedFuture(numbers),
            (read, counts) -> {
              known.putAll(read);
              return write(scope, known, counts, records, records.size());
            },
            executor)
        .thenCompose(written -> written);
  }

  private CompletionStage<Map<String, ViewFold.Kept<R>>> rows(String scope, List<String> ids) {
    Map<String, ViewFold.Kept<R>> rows = new HashMap<>();
    return ids.isEmpty()
        ? CompletableFuture.completedFuture(rows)
        : store
            .rows(scope, slice, ids)
            .thenApply(
                found -> {
                  for (ViewStore.Stored row : found) {
                    R body = RowJson.read(row.body(), table.view().rowType());
                    rows.put(row.id(), new ViewFold.Kept<>(row.version(), body));
                  }
                  return rows;
                });
  }

  private CompletionStage<ViewCache.Numbers> numbers(String scope) {
    return store
        .counts(scope, slice)
        .thenApply(text -> new ViewCache.Numbers(RowJson.readCounts(text), null));
  }

  /**
   * Takes in as many of the records as one atomic write of rows and numbers can hold, then the
   * others.
   *
   * @param rows of the records' entities, as far as there are any
   * @param most records of the first write
   */
  private CompletionStage<?> write(
      String scope,
      Map<String, ViewFold.Kept<R>> rows,
      ViewCache.Numbers numbers,
      List<PositionedRecord> records,
      int most) {
    ViewFold<R> fold = new ViewFold<>(table.view(), slice, cache.alone(), rows, numbers.counts());
    int taken = fold(fold, records, most);
    List<ViewStore.NewRow> counting = new ArrayList<>();
    List<ViewStore.NewRow> others = new ArrayList<>();
    fold.changed()
        .forEach(
            (id, row) -> (fold.counting().contains(id) ? counting : others).add(text(id, row)));
    int bytes = counting.stream().mapToInt(ViewStore.NewRow::bytes).sum();
    if (bytes > ViewStore.MOST_BYTES && counting.size() > 1) {
      return write(scope, rows, numbers, records, taken / 2);
    }
    var after = new ViewCache.Numbers(fold.counts(), RowJson.write(fold.counts()));
    boolean copied = counting.isEmpty() && after.published().equals(numbers.published());
    long position = records.get(taken - 1).position();
    List<PositionedRecord> rest = records.subList(taken, records.size());
    return store
        .move(fold.moves())
        .thenCompose(moved -> store.write(scope, slice, others))
        .thenCompose(
            done -> store.write(scope, slice, counting, after.published(), fold.position()))
        .thenCompose(
            done -> copied ? nothing() : store.publish(scope, slice, after.published(), position))
        .thenAccept(done -> cache.stored(scope, fold, after))
        // Not on the driver's few threads: decoding would hold up the answers of other requests.
        .thenComposeAsync(
            done ->
                rest.isEmpty() ? nothing() : write(scope, fold.rows(), after, rest, rest.size()),
            executor);
  }

  /** How many of the records were taken in. */
  private int fold(ViewFold<R> fold, List<PositionedRecord> records, int most) {
    int taken = 0;
    while (taken < most
        && fold.counting().size() < MOST_COUNTING
        && fold.changed().size() < MOST_CHANGED) {
      PositionedRecord record = records.get(taken++);
      Record stored = record.record();
      fold.apply(
          record.position(),
          stored.getEntityId(),
          stored.getSequence(),
          () -> decoder.decode(stored));
    }
    return taken;
  }

  private static ViewStore.NewRow text(String id, ViewFold.Changed<?> row) {
    return new ViewStore.NewRow(id, row.version(), RowJson.write(row.row()), row.position());
  }

  private static <T> CompletionStage<T> nothing() {
    return CompletableFuture.completedFuture(null);
  }
}
