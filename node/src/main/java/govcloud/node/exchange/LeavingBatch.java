package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A batch as it goes to another cloud: an answer for each of its pieces, and at last how many they
 * were, or why there are no more.
 */
final class LeavingBatch {

  /** The member of the last answer, */
  static final String END = "end";

  /** and of that one how many came before it. */
  static final String ANSWERS = "answers";

  private long answers;
  private boolean isRefused;

  private LeavingBatch() {}

  /** What the answers say, to be signed. Where the pieces fail there is no end. */
  static Source<ObjectNode, NotUsed> of(Source<Outcome, NotUsed> outcomes) {
    return outcomes
        .map(Optional::of)
        .concat(Source.single(Optional.empty()))
        .statefulMap(
            LeavingBatch::new,
            (state, one) -> Pair.create(state, one.map(state::next).orElseGet(state::end)),
            state -> Optional.empty())
        .mapConcat(answers -> answers)
        .onErrorComplete(WholeBatches::isCut);
  }

  private List<ObjectNode> next(Outcome outcome) {
    answers++;
    isRefused = outcome.refusal().isPresent();
    return List.of(CloudDesk.told(outcome));
  }

  private List<ObjectNode> end() {
    var last = JsonNodeFactory.instance.objectNode();
    last.putObject(END).put(ANSWERS, answers);
    return isRefused ? List.of() : List.of(last);
  }
}
