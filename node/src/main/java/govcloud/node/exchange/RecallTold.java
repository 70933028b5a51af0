package govcloud.node.exchange;

import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Told;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a department is told of a recall: its own cases that it has not acknowledged. */
final class RecallTold {

  private final Entities entities;

  RecallTold(Entities entities) {
    this.entities = entities;
  }

  /**
   * What is told.
   *
   * @param key the same for the same cases
   * @param cases of the department that were ever named, also acknowledged ones
   */
  record Telling(String key, Map<String, Object> body, long cases) {

    /** Whether cases of the department were named since something else was told. */
    boolean goesBeyond(Telling told) {
      return cases > told.cases();
    }
  }

  /**
   * What a department is told now; none: nothing.
   *
   * @param recall provider and id of the recall, with a slash between them
   */
  CompletionStage<Optional<Telling>> of(String recall, String consumer) {
    return entities
        .<RecallState>read("recall/" + recall)
        .thenApply(answer -> of(recall, consumer, answer.state()));
  }

  static Optional<Telling> of(String recall, String consumer, RecallState state) {
    var open =
        state.receivers().stream()
            .filter(told -> told.receiver().consumer().equals(consumer))
            .filter(told -> told.acknowledged().isEmpty())
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : state
            .matter()
            .map(matter -> telling(recall, matter, state, open, cases(state, consumer)));
  }

  private static long cases(RecallState state, String consumer) {
    return state.receivers().stream()
        .filter(told -> told.receiver().consumer().equals(consumer))
        .count();
  }

  private static Telling telling(
      String recall, RecallState.Matter matter, RecallState state, List<Told> open, long cases) {
    var body =
        new Fields()
            .with("provider", matter.provider())
            .with("recall", RecallNotices.name(recall.substring(recall.indexOf('/') + 1)))
            .with("resource", matter.resource())
            .with("name_zh", matter.nameZh())
            .with("name_en", matter.nameEn())
            .with("fields", matter.fields())
            .with("since", matter.since())
            .with("reason", matter.reason())
            .maybe("issued_at", state.issuedAt())
            .maybe("due", state.due())
            .with("cases", open.stream().map(RecallTold::shape).toList());
    return new Telling(
        recall.replace('/', '-') + "-" + state.receivers().size(),
        new Fields().with("kind", "recall").with("recall", body.map()).map(),
        cases);
  }

  private static Map<String, Object> shape(Told told) {
    var one = told.receiver();
    return new Fields()
        .with("case", one.caseId())
        .with("person", one.person())
        .with("exchange", one.exchange())
        .with("index", one.index())
        .map();
  }
}
