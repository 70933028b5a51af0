package govcloud.journal.plugin;

import govcloud.journal.JournalUnavailableException;
import govcloud.journal.core.EntityScan;
import govcloud.journal.core.Entry;
import govcloud.journal.core.LogStore;
import govcloud.journal.reader.EntityReader;
import govcloud.protobuf.journal.v1.Record;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Reads an entity from chunks and log. */
final class LogEntityReader implements EntityReader {

  private final JournalSettings settings;
  private final Supplier<SerialExecutor> executors;
  private final Function<Executor, LogStore> stores;

  LogEntityReader(
      JournalSettings settings,
      Supplier<SerialExecutor> executors,
      Function<Executor, LogStore> stores) {
    this.settings = settings;
    this.executors = executors;
    this.stores = stores;
  }

  @Override
  public Source<Record, NotUsed> records(String entityId, long fromSequence) {
    return Source.lazyCompletionStage(() -> read(entityId, fromSequence))
        .mapConcat(entries -> entries)
        .map(Entry::record)
        .mapMaterializedValue(stage -> NotUsed.getInstance());
  }

  private CompletableFuture<List<Entry>> read(String entityId, long fromSequence) {
    CompletableFuture<List<Entry>> answer = new CompletableFuture<>();
    SerialExecutor executor = executors.get();
    EntityScan scan =
        new EntityScan(
            settings.slices().sliceOf(entityId),
            entityId,
            fromSequence,
            stores.apply(executor),
            executor,
            settings.host(),
            () -> !answer.isDone(),
            (entries, failure) -> {
              if (failure == null) {
                answer.complete(entries);
              } else {
                answer.completeExceptionally(failure);
              }
            });
    executor.execute(scan::start);
    executor.after(
        settings.host().patience(),
        () ->
            answer.completeExceptionally(
                new JournalUnavailableException(
                    "entity " + entityId + ": the store does not answer")));
    return answer;
  }
}
