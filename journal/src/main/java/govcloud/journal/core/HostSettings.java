package govcloud.journal.core;

import java.time.Duration;

/**
 * How a slice is hosted.
 *
 * @param maxBatchBytes a batch is closed when its records reach this size
 * @param maxBatchRecords a batch is closed when it has this many records
 * @param maxRecordBytes a larger record is rejected
 * @param maxWaiting requests that may wait in one slice; more are turned away
 * @param gatherFrom an append of so many requests shows that the slice is busy
 * @param gather the next append then waits this long for more requests, up to four times while they
 *     keep coming; zero = never
 * @param tick how often patience and chunks are looked at
 * @param patience how long a request may wait before it fails
 * @param readLease answers are given from memory for so long after the log was last seen to be this
 *     host's; zero = each of them waits for a look at the log. The same on all nodes
 * @param retryPause first pause before a failed request to the store is repeated
 * @param retryPauseMax longest such pause
 * @param chunkQuiet records go into a chunk when their entity was quiet for this long
 * @param chunkBytes or when those in no chunk reach this size
 * @param chunkAge or when the oldest in no chunk is this old
 * @param chunkParallelism chunks written at once
 * @param rememberedHeads heads kept beside those of entities with records in no chunk
 * @param trim how the log is trimmed
 */
public record HostSettings(
    int maxBatchBytes,
    int maxBatchRecords,
    int maxRecordBytes,
    int maxWaiting,
    int gatherFrom,
    Duration gather,
    Duration tick,
    Duration patience,
    Duration readLease,
    Duration retryPause,
    Duration retryPauseMax,
    Duration chunkQuiet,
    int chunkBytes,
    Duration chunkAge,
    int chunkParallelism,
    int rememberedHeads,
    TrimSettings trim) {

  /** Checks every value; messages name key, value and expectation. */
  public HostSettings {
    requireAtLeast("max-batch-bytes", maxBatchBytes, 1);
    requireAtLeast("max-batch-records", maxBatchRecords, 1);
    requireAtLeast("max-record-bytes", maxRecordBytes, 1);
    requireAtLeast("max-waiting", maxWaiting, 1);
    requireAtLeast("gather-from", gatherFrom, 1);
    requireAtLeast("gather", gather.toMillis(), 0);
    requireAtLeast("tick", tick.toMillis(), 1);
    requireAtLeast("patience", patience.toMillis(), tick.toMillis());
    requireAtLeast("read-lease", readLease.toMillis(), 0);
    requireAtLeast("retry-pause", retryPause.toMillis(), 1);
    requireAtLeast("retry-pause-max", retryPauseMax.toMillis(), retryPause.toMillis());
    requireAtLeast("chunk-quiet", chunkQuiet.toMillis(), 1);
    requireAtLeast("chunk-bytes", chunkBytes, 1);
    requireAtLeast("chunk-age", chunkAge.toMillis(), chunkQuiet.toMillis());
    requireAtLeast("chunk-parallelism", chunkParallelism, 1);
    requireAtLeast("remembered-heads", rememberedHeads, 1);
  }

  /**
   * How long a new host serves nobody, so that the lease of the one before has surely ended: longer
   * by a quarter, as no machine's time passes that much faster than another's.
   */
  Duration leaseWait() {
    return readLease.plus(readLease.dividedBy(4));
  }

  /** A duration in ticks, rounded up. */
  long ticks(Duration duration) {
    return (duration.toMillis() + tick.toMillis() - 1) / tick.toMillis();
  }

  /** The pause before a request is repeated for the n-th time, n from 0. */
  Duration pause(int repetition) {
    Duration grown = retryPause.multipliedBy(1L << Math.min(repetition, 10));
    return grown.compareTo(retryPauseMax) < 0 ? grown : retryPauseMax;
  }

  private static void requireAtLeast(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "govcloud.journal." + key + ": " + value + " (expected: >= " + least + ")");
    }
  }
}
