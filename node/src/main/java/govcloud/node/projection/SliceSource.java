package govcloud.node.projection;

import govcloud.journal.Position;
import govcloud.journal.reader.PositionedRecord;
import govcloud.journal.reader.SliceReader;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;

/** Feeds a projection from one slice of the journal; the offset is the position in the slice. */
final class SliceSource extends SourceProvider<Long, PositionedRecord> {

  private final SliceReader reader;
  private final int slice;

  SliceSource(SliceReader reader, int slice) {
    this.reader = reader;
    this.slice = slice;
  }

  @Override
  public CompletionStage<Source<PositionedRecord, NotUsed>> source(
      Supplier<CompletionStage<Optional<Long>>> offset) {
    return offset
        .get()
        .thenApply(stored -> reader.records(slice, stored.orElse(Position.BEFORE_FIRST)));
  }

  @Override
  public Long extractOffset(PositionedRecord record) {
    return record.position();
  }

  @Override
  public long extractCreationTime(PositionedRecord record) {
    return record.record().getHybridClock() >>> 16;
  }
}
