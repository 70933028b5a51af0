package govcloud.journal.core;

import java.time.Duration;

/** Time as the core sees it: something runs later, on the core's single thread. */
public interface Timers {

  /** Runs an action once, not before the delay has passed. */
  void after(Duration delay, Runnable action);

  /** Nanoseconds that have passed since some moment; never goes back. */
  long nanos();
}
