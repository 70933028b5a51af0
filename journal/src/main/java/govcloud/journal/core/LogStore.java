package govcloud.journal.core;

import java.util.List;
import java.util.Optional;

/**
 * What the core needs of a database. Every request is answered exactly once, on the thread of the
 * core that asked, at the latest after the store's request time-out. A failed answer to a write
 * says nothing on whether it took or will still take effect. A failure of the type {@link
 * govcloud.journal.DamagedLogException} or {@link govcloud.journal.DamagedEntityException} means
 * that bytes were read which nobody can have written; repeating does not help.
 */
public interface LogStore {

  /**
   * The answer to a conditional append.
   *
   * @param applied whether this very request wrote the row
   * @param row what lies at the offset now
   */
  record Appended(boolean applied, Batch row) {}

  /** Writes a row if there is none at the offset: linearizable. */
  void append(int slice, long offset, Batch batch, Reply<Appended> reply);

  /**
   * Rows from an offset on without gap, at most a number of them; may miss the newest. Empty where
   * the row at the offset is not visible.
   */
  void read(int slice, long offset, int limit, Reply<List<Batch>> reply);

  /** The row at an offset: linearizable with appends, and visible to plain reads from then on. */
  void readSerial(int slice, long offset, Reply<Optional<Batch>> reply);

  /**
   * Replaces rows from an offset on by what is left of them, conditionally: each only if the same
   * batch (incarnation and nonce) lies there, all or none. Acting twice or late changes nothing.
   *
   * @param rows at least one, as {@link #read} gave them in one answer, without their records
   */
  void trim(int slice, long offset, List<Batch> rows, Reply<Void> reply);

  /** The slice's watermark; 0 if none was ever written. */
  void readWatermark(int slice, Reply<Long> reply);

  /** Writes the watermark; the highest written ever counts, in whatever order they arrive. */
  void raiseWatermark(int slice, long offset, Reply<Void> reply);

  /** An entity's chunks that end at a sequence or later. */
  void readChunks(String entityId, long fromSequence, Reply<List<Chunk>> reply);

  /** The entity's chunk that ends at the highest sequence. */
  void readLastChunk(String entityId, Reply<Optional<Chunk>> reply);

  /** Writes a chunk; writing the same again changes nothing. */
  void writeChunk(Chunk chunk, Reply<Void> reply);
}
