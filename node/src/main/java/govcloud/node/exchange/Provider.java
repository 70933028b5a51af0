package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.exchange.gate.Agreed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Gives what a department has of somebody. */
@FunctionalInterface
public interface Provider {

  /**
   * All records of a data subject in the agreed resource; none: it knows nothing of them.
   *
   * @param until nobody waits longer
   */
  CompletionStage<List<ObjectNode>> records(Agreed agreed, String subject, Instant until);
}
