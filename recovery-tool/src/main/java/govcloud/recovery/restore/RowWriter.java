package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.recovery.RecoveryException;
import java.util.List;

/** Where the rows of a restore go. */
interface RowWriter {

  /** Takes rows as the requests that would write them; they are written now or later. */
  void add(List<? extends Statement<?>> rows) throws RecoveryException;

  /**
   * Everything of a slice up to a segment was added: as soon as that is durable it is noted. The
   * order counts: chunks, then the watermark that rests on them, then the checkpoint.
   *
   * @param behindRecords offset behind the last row with records; 0: none
   */
  void checkpoint(int slice, long behindRecords, long segment) throws RecoveryException;
}
