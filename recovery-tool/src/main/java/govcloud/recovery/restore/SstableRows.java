package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.sstable.SstableLoader;
import govcloud.recovery.sstable.SstablesRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings rows into a Cassandra of this machine as files. A set of files of all slices is loaded,
 * then their checkpoints are noted, while the next set is made. For several threads.
 */
final class SstableRows implements RowWriter, AutoCloseable {
  private static final int REQUESTS = 64;

  private record Checkpoint(long behindRecords, long segment) {}

  private final Target target;
  private final SstableLoader loader;
  private final long setBytes;
  private final ExecutorService loading = Executors.newSingleThreadExecutor();
  private Map<Integer, Checkpoint> reached = new HashMap<>();
  private Future<?> before = CompletableFuture.completedFuture(null);
  private long bytes;

  /**
   * For the tables of a keyspace.
   *
   * @param setBytes size of the requests whose rows are one set of files
   */
  SstableRows(Target target, long setBytes) throws SstablesRefusedException {
    this.target = target;
    this.setBytes = setBytes;
    this.loader = SstableLoader.open(target.session(), target.keyspace());
  }

  @Override
  public void add(List<? extends Statement<?>> rows) throws RecoveryException {
    try {
      loader.add(rows);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void checkpoint(int slice, long behindRecords, long segment)
      throws RecoveryException {
    reached.put(slice, new Checkpoint(behindRecords, segment));
    if (loader.bytes() - bytes >= setBytes) {
      load();
    }
  }

  /** Waits until everything is in Cassandra and noted. */
  synchronized void finish() throws RecoveryException {
    load();
    await();
  }

  /** One set is loaded at a time; whoever is faster waits here. */
  private void load() throws RecoveryException {
    await();
    bytes = loader.bytes();
    Map<Integer, Checkpoint> checkpoints = reached;
    reached = new HashMap<>();
    CompletableFuture<Path> set = loader.finish();
    before =
        loading.submit(
            () -> {
              loader.load(set.get());
              note(checkpoints);
              return null;
            });
  }

  private void await() throws RecoveryException {
    try {
      before.get();
    } catch (ExecutionException e) {
      Throwable cause =
          e.getCause() instanceof ExecutionException made ? made.getCause() : e.getCause();
      throw cause instanceof RecoveryException known ? known : failed(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecoveryException(Code.RECOVERY_INTERRUPTED, "ended while restoring", e);
    }
  }

  private void note(Map<Integer, Checkpoint> checkpoints) throws RecoveryException {
    for (Map.Entry<Integer, Checkpoint> slice : checkpoints.entrySet()) {
      new CqlRows(target, REQUESTS)
          .checkpoint(slice.getKey(), slice.getValue().behindRecords(), slice.getValue().segment());
    }
  }

  private static RecoveryException failed(Throwable cause) {
    return new RecoveryException(
        Code.RECOVERY_TARGET_FAILED,
        "SSTables: " + cause.getMessage() + " (expected: made and taken; run it again)",
        cause);
  }

  /** Ends it where it is; what is not noted is written again by the next run. */
  @Override
  public void close() {
    loading.shutdownNow();
    loader.close();
  }
}
