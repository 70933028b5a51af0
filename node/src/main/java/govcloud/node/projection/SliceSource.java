package govcloud.node.projection;

import govcloud.journal.reader.RecordGroup;
import govcloud.journal.reader.SliceReader;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Feeds a projection from one slice of the journal, behind the stored position. Records come one by
 * one as long as the projection keeps up, and together when they came while it was busy.
 */
final class SliceSource extends SourceProvider<Long, RecordGroup> {

  /** Records that a projection takes in together at most. */
  static final int MOST = 1024;

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
  public CompletionStage<Source<RecordGroup, NotUsed>> source(
      Supplier<CompletionStage<Optional<Long>>> ofPekko) {
    return stored.get().thenApply(position -> reader.groups(slice, position, MOST));
  }

  @Override
  public Long extractOffset(RecordGroup group) {
    return group.position();
  }

  @Override
  public long extractCreationTime(RecordGroup group) {
    return group.records().get(0).record().getHybridClock() >>> 16;
  }
}
