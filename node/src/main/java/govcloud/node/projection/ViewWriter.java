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
 * is written again.
 */
public final class ViewWriter<R> implements RecordHandler {

  /** Rows of one atomic write; Cassandra refuses batches above some 50 KiB. */
  private static final int CHUNK = 12;

  private final ViewTable<R> table;
  private final ViewStore store;
  private final CommitDecoder decoder;
  private final int slice;
  private final Executor executor;

  /** Keeps up one generation of the tables with one slice. */
  public ViewWriter(
      ViewTable<R> table,
      Generation generation,
      CommitDecoder decoder,
      int slice,
      Executor executor) {
    this.table = table;
    this.store = table.store(generation);
    this.decoder = decoder;
    this.slice = slice;
    this.executor = executor;
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
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<?> inChunks(String scope, List<PositionedRecord> records) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    Set<String> rows = new HashSet<>();
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      rows.add(records.get(i).record().getEntityId());
      if (rows.size() > CHUNK) {
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
    List<String> ids =
        records.stream().map(record -> record.record().getEntityId()).distinct().toList();
    return store
        .rows(scope, slice, ids)
        .thenCombineAsync(
            store.counts(scope, slice),
            (rows, counts) -> fold(rows, RowJson.readCounts(counts), records),
            executor)
        .thenCompose(fold -> store(scope, fold, records));
  }

  private ViewFold<R> fold(
      List<ViewStore.Stored> rows, Map<String, Long> counts, List<PositionedRecord> records) {
    Map<String, ViewFold.Kept<R>> kept = new HashMap<>();
    for (ViewStore.Stored row : rows) {
      R body = RowJson.read(row.body(), table.view().rowType());
      kept.put(row.id(), new ViewFold.Kept<>(row.version(), body));
    }
    ViewFold<R> fold = new ViewFold<>(table.view(), slice, kept, counts);
    for (PositionedRecord record : records) {
      Record stored = record.record();
      fold.apply(
          record.position(),
          stored.getEntityId(),
          stored.getSequence(),
          () -> decoder.decode(stored));
    }
    return fold;
  }

  private CompletionStage<?> store(String scope, ViewFold<R> fold, List<PositionedRecord> records) {
    String numbers = RowJson.write(fold.counts());
    CompletionStage<?> written =
        fold.changed().isEmpty()
            ? CompletableFuture.completedFuture(null)
            : store
                .move(fold.moves())
                .thenCompose(moved -> store.write(scope, slice, fold, numbers));
    // Also when every row was known: the crash may have come between the last write and this one.
    long position = records.get(records.size() - 1).position();
    return written.thenCompose(done -> store.publish(scope, slice, numbers, position));
  }
}
