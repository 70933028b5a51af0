package govcloud.node.projection.parking;

import govcloud.protobuf.journal.v1.Record;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Fetches what waits of a parked stream. */
@FunctionalInterface
interface WaitingRecords {

  /** The records of the stream's entity from the one that failed to the last that waits. */
  CompletionStage<List<Record>> of(ParkedStream stream);
}
