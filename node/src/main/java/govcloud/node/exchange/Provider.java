package govcloud.node.exchange;

import govcloud.exchange.gate.Agreed;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Gives what a department has of somebody. */
@FunctionalInterface
public interface Provider {

  /**
   * All records of a data subject in the agreed resource.
   *
   * @param until nobody waits longer
   */
  CompletionStage<Found> records(Agreed agreed, String subject, Instant until);
}
