package govcloud.node.exchange;

import govcloud.exchange.gate.Agreed;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What departments agreed on, ready to be decided by. */
@FunctionalInterface
interface AgreedTerms {

  /** An agreement that a department has signed once, whether it is in force or not. */
  CompletionStage<Optional<Agreed>> find(String consumer, String agreement);
}
