package govcloud.recovery.restore;

/**
 * How a restore uses the machine.
 *
 * @param threads slices restored at the same time, 1 to 64
 * @param requests under way to Cassandra for each thread, 1 to 4096
 * @param windowBytes bytes of records that a thread keeps in memory before it makes a checkpoint
 * @param chunkBytes most bytes of an entity's chunk, as the journal makes them
 * @param writer how rows get into Cassandra
 */
public record RestoreSettings(
    int threads, int requests, long windowBytes, int chunkBytes, Writer writer) {
  /** How rows get into Cassandra. */
  public enum Writer {
    /** As files where there is enough to do and Cassandra can take them, else as requests. */
    AUTO,
    /** As requests, to any Cassandra. */
    CQL,
    /** As files, moved into the only Cassandra of a cluster, on this machine. */
    SSTABLE
  }

  private static final int MOST_THREADS = 64;
  private static final int MOST_REQUESTS = 4096;

  /** What suits a machine. */
  public static RestoreSettings of(int threads) {
    return new RestoreSettings(threads, 64, 16 << 20, 64 << 10, Writer.AUTO);
  }

  /** The same with another way into Cassandra. */
  public RestoreSettings with(Writer other) {
    return new RestoreSettings(threads, requests, windowBytes, chunkBytes, other);
  }

  /** Checks every value. */
  public RestoreSettings {
    require("threads", threads, 1, MOST_THREADS);
    require("requests", requests, 1, MOST_REQUESTS);
    require("window bytes", windowBytes, 1, Integer.MAX_VALUE);
    require("chunk bytes", chunkBytes, 1, 1 << 20);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }
}
