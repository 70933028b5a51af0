package govcloud.node.projection;

import govcloud.journal.reader.SliceReader;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Feeds a projection from one slice of the journal, behind the stored position. Records come one by
 * one as long as the projection keeps up, and together when they queue.
 */
final class SliceSource extends SourceProvider<Long, RecordBatch> {

  private final SliceReader reader;
  private final int slice;
  private final Supplier<CompletionStage<Long>> stored;

  /**
   * @param stored the position behind which to go on; read at every start
   */
  SliceSource(SliceReader reader, int slice, Supplier<CompletionStage<Long>> stored) {
    this.reader = reader;
    this.slice = slice;
    this.stored = stored;
  }

  @Override
  public CompletionStage<Source<RecordBatch, NotUsed>> source(
      Supplier<CompletionStage<Optional<Long>>> ofPekko) {
    return stored
        .get()
        .thenApply(
            position ->
                reader
                    .records(slice, position)
                    .batch(RecordBatch.MOST, RecordBatch::new, RecordBatch::with));
  }

  @Override
  public Long extractOffset(RecordBatch batch) {
    return batch.position();
  }

  @Override
  public long extractCreationTime(RecordBatch batch) {
    return batch.records().get(0).record().getHybridClock() >>> 16;
  }
}
