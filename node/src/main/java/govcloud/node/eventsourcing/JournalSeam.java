package govcloud.node.eventsourcing;

import govcloud.journal.plugin.SliceJournal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What entities need to know of the journal beside what Pekko Persistence asks of it. */
interface JournalSeam {

  /** The slice that an entity is journaled in, from 0. */
  int sliceOf(String entityId);

  /** Position of the last record applied in a slice that this node hosts; -1 before the first. */
  long position(int slice);

  /** What is damaged, if this is the journal's report of a damaged history. */
  Optional<Damage> damageIn(Throwable failure);

  /** The sequence of an entity's last record, by its log; see {@link SliceJournal#confirm}. */
  CompletionStage<Long> confirm(String entityId);

  /** Whether a failed write has certainly left nothing behind. */
  boolean isNotStored(Throwable failure);

  /**
   * What was found.
   *
   * @param sequence the first wrong sequence number
   */
  record Damage(long sequence, String message) {}

  /** How far the entity's slice is applied here: {@code <slice>-<position>}. */
  default String consistencyToken(String entityId) {
    var slice = sliceOf(entityId);
    return slice + "-" + position(slice);
  }
}
