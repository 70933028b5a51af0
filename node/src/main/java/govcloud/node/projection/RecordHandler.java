package govcloud.node.projection;

import govcloud.journal.reader.PositionedRecord;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a projection does with the records of one slice. Sees every record in order, some of them
 * again after a restart: doing so must change nothing.
 */
@FunctionalInterface
public interface RecordHandler {

  /**
   * Takes in some records.
   *
   * @return done when everything they lead to is stored; a failure lets the projection start again
   *     behind the last stored offset, after a while
   */
  CompletionStage<?> handle(List<PositionedRecord> records);

  /** Makes the handlers of a view; one handler serves one running projection. */
  @FunctionalInterface
  interface Factory {
    /** A new handler of one slice, for one generation of the view. */
    RecordHandler of(int slice, Generation generation);
  }
}
