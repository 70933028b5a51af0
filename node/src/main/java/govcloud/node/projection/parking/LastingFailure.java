package govcloud.node.projection.parking;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import govcloud.journal.JournalException;
import govcloud.node.eventsourcing.EntityFailure;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** Tells a record that can never be taken in from a moment in which nothing could be. */
final class LastingFailure {

  private static final int LONGEST_REASON = 500;

  private LastingFailure() {}

  /**
   * Whether the same record would fail again: the program cannot read it or has a mistake, or
   * Cassandra refuses what is made of it. What fails because somebody does not answer passes.
   */
  static boolean is(Throwable thrown) {
    Throwable failure = cause(thrown);
    if (failure instanceof DriverException) {
      return failure instanceof QueryValidationException;
    }
    return failure instanceof RuntimeException
        && !(failure instanceof JournalException)
        && !(failure instanceof EntityFailure)
        && !(failure instanceof CancellationException)
        && !(failure instanceof RejectedExecutionException);
  }

  /** What an operator reads: kind and message, shortened. */
  static String reason(Throwable thrown) {
    Throwable failure = cause(thrown);
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
  }

  /** The failure itself, without the wrappers of stages. */
  static Throwable cause(Throwable thrown) {
    Throwable failure = thrown;
    while ((failure instanceof CompletionException || failure instanceof ExecutionException)
        && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }
}
