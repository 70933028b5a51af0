package govcloud.journal.reader;

import govcloud.protobuf.journal.v1.Record;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Reads one entity's records from any node, without hosting its slice. */
public interface EntityReader {

  /**
   * The records of an entity, in order, from a sequence (1 is the first) to its last at this
   * moment; nothing if it has none. Contiguity and chain are checked: the source fails with {@link
   * govcloud.journal.DamagedEntityException}, or {@link
   * govcloud.journal.JournalUnavailableException} if the store does not answer.
   */
  Source<Record, NotUsed> records(String entityId, long fromSequence);

  /** All records of an entity. */
  default Source<Record, NotUsed> records(String entityId) {
    return records(entityId, 1);
  }
}
