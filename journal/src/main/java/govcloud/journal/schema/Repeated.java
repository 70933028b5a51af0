package govcloud.journal.schema;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Statements that are made again while Cassandra is away or overloaded, a few times: a start must
 * not fail for a moment. Only for those that may be executed twice. Blocks.
 */
public final class Repeated {
  static final int MOST = 5;
  private static final long PAUSE_MILLIS = 500;

  private Repeated() {}

  /** The answer; throws the last failure, and at once one that does not pass. */
  public static ResultSet execute(CqlSession session, String statement, Object... values) {
    for (int time = 1; ; time++) {
      try {
        return session.execute(statement, values);
      } catch (DriverException e) {
        if (time == MOST || !passes(e)) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static boolean passes(DriverException failure) {
    return failure instanceof AllNodesFailedException
        || failure instanceof DriverTimeoutException
        || failure instanceof QueryExecutionException;
  }

  private static void pause(DriverException failure) {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
