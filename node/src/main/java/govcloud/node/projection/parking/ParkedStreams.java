package govcloud.node.projection.parking;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where parked streams are kept. What is written carries a journal position: whatever is written
 * late or twice loses against what carries a higher one.
 */
public interface ParkedStreams {

  /** All parked streams of a view, by slice and entity. */
  CompletionStage<List<ParkedStream>> of(String view);

  /** Parked streams of a view in one slice, by entity. */
  CompletionStage<List<ParkedStream>> of(String view, int slice);

  /** Keeps a stream as of a position. */
  CompletionStage<?> keep(ParkedStream stream, long position);

  /** Forgets a stream that was replayed because of the record at a position. */
  CompletionStage<?> forget(ParkedStream stream, long position);
}
