package govcloud.journal.reader;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Reads a slice's records in the order of the log: all of them, each once, and nothing that is not
 * stored for good. Reading goes on through outages of the store.
 */
public interface SliceReader {

  /**
   * All records after a position, without end: new ones follow when they are appended, by
   * notification, or by asking every few seconds where none arrives. Fails with {@link
   * govcloud.journal.DamagedLogException} if the log does not hang together, and with {@link
   * govcloud.journal.TrimmedLogException} if records after the position are no longer in it.
   *
   * @param afterPosition the last position already seen, or {@link
   *     govcloud.journal.Position#BEFORE_FIRST}
   */
  Source<PositionedRecord, NotUsed> records(int slice, long afterPosition);

  /**
   * The same records, as many at once as there are when they are asked for: whoever asks seldom
   * gets many together, and costs nothing in between.
   *
   * @param most records of one group
   */
  Source<RecordGroup, NotUsed> groups(int slice, long afterPosition, int most);

  /** The records after a position that are there now; then the source completes. */
  Source<PositionedRecord, NotUsed> currentRecords(int slice, long afterPosition);

  /**
   * All rows from an offset on, without end, as the log has them; fails like {@link #records}.
   *
   * @param fromOffset the first row that is wanted, from 0
   */
  Source<LoggedBatch, NotUsed> batches(int slice, long fromOffset);
}
