package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.recovery.RecoveryException;
import java.util.List;

/** Sends rows to Cassandra, wherever it is. For one thread. */
final class CqlRows implements RowWriter {
  private final Target target;
  private final InFlight inFlight;

  /**
   * For a slice.
   *
   * @param requests most that are under way
   */
  CqlRows(Target target, int requests) {
    this.target = target;
    this.inFlight = new InFlight(target.patience(), requests);
  }

  @Override
  public void add(List<? extends Statement<?>> rows) throws RecoveryException {
    inFlight.send(rows);
  }

  /** Waits until all of them are durable. */
  void flush() throws RecoveryException {
    inFlight.awaitAll();
  }

  /** Says, when all is durable, that records below an offset are in chunks; 0: there are none. */
  void watermark(int slice, long behindRecords) throws RecoveryException {
    flush();
    if (behindRecords > 0) {
      inFlight.send(List.of(target.log().watermark(slice, behindRecords)));
      flush();
    }
  }

  @Override
  public void checkpoint(int slice, long behindRecords, long segment) throws RecoveryException {
    watermark(slice, behindRecords);
    target.restored(slice, segment);
  }
}
