package govcloud.node.exchange;

import govcloud.domain.exchange.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** How many entries go to the ledger's entity at once: they have to fit into a message. */
final class LeafBatch {

  private static final int MOST_CHARACTERS = 160_000;

  private LeafBatch() {}

  /** Takes the next ones out of those that wait, at least one if there is any. */
  static <T> List<T> next(Queue<T> waiting, Function<T, String> leaf) {
    List<T> batch = new ArrayList<>();
    var room = MOST_CHARACTERS;
    while (!waiting.isEmpty() && batch.size() < Ledger.MOST_LEAVES && room > 0) {
      room -= leaf.apply(waiting.peek()).length();
      batch.add(waiting.poll());
    }
    return batch;
  }
}
