package govcloud.benchmarks;

import java.util.concurrent.CompletionStage;

/** One way to store an event. */
interface Contender {

  /** How it is called in the table. */
  String name();

  /** Stores the event of a number; succeeds when it is acknowledged. */
  CompletionStage<?> store(long number);

  /** Waits until all that follows from stored events by itself is done as well. */
  void settle() throws InterruptedException;
}
