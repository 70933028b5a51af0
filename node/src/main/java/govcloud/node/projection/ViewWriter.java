package govcloud.node.projection;

import govcloud.journal.reader.PositionedRecord;
import govcloud.protobuf.journal.v1.Record;
import java.nio.charset.StandardCharsets;
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

  /** Rows of one atomic write, and their size; Cassandra refuses batches above some 50 KiB. */
  private static final int MOST_ROWS = 64;

  private static final int MOST_BYTES = 32 << 10;

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
                .map(scope -> inChunks(scope.getKey(), scope.getValue()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                cache.clear();
              }
            });
  }

  private CompletionStage<?> inChunks(String scope, List<PositionedRecord> records) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    Set<String> rows = new HashSet<>();
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      rows.add(records.get(i).record().getEntityId());
      if (rows.size() > MOST_ROWS) {
        var chunk = records.subList(from, i);
        done = done.thenCompose(before -> write(scope, chunk));
        rows = new HashSet<>(Set.of(records.get(i).record().getEntityId()));
        from = i;
      }
    }
    var rest = records.subList(from, records.size());
    return done.thenCompose(before -> write(scope, rest));
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
              return write(scope, known, counts, records);
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

  private CompletionStage<?> write(
      String scope,
      Map<String, ViewFold.Kept<R>> rows,
      ViewCache.Numbers numbers,
      List<PositionedRecord> records) {
    ViewFold<R> fold = new ViewFold<>(table.view(), slice, cache.alone(), rows, numbers.counts());
    for (PositionedRecord record : records) {
      Record stored = record.record();
      fold.apply(
          record.position(),
          stored.getEntityId(),
          stored.getSequence(),
          () -> decoder.decode(stored));
    }
    List<ViewStore.NewRow> changed = new ArrayList<>();
    int bytes = 0;
    for (Map.Entry<String, ViewFold.Changed<R>> row : fold.changed().entrySet()) {
      ViewFold.Changed<R> now = row.getValue();
      String body = RowJson.write(now.row());
      changed.add(new ViewStore.NewRow(row.getKey(), now.version(), body, now.position()));
      bytes += body.getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MOST_BYTES && changed.size() > 1) {
      int half = records.size() / 2;
      return write(scope, records.subList(0, half))
          .thenCompose(done -> write(scope, records.subList(half, records.size())));
    }
    long position = records.get(records.size() - 1).position();
    return store(scope, fold, changed, numbers.published(), position);
  }

  /** Numbers are copied also when all rows were known: the crash may have come just before that. */
  private CompletionStage<?> store(
      String scope,
      ViewFold<R> fold,
      List<ViewStore.NewRow> changed,
      String published,
      long position) {
    String counts = RowJson.write(fold.counts());
    CompletionStage<?> written =
        changed.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : store
                .move(fold.moves())
                .thenCompose(
                    moved ->
                        store.write(
                            scope,
                            slice,
                            changed,
                            fold.counted() ? counts : null,
                            fold.position()));
    return written
        .thenCompose(
            done ->
                !fold.counted() && counts.equals(published)
                    ? CompletableFuture.completedFuture(null)
                    : store.publish(scope, slice, counts, position))
        .thenAccept(done -> cache.stored(scope, fold, counts));
  }
}
