package govcloud.domain;

import java.util.List;

/** The outcome of asking something of an aggregate: events to record, or a refusal. */
public sealed interface Decision<E> {

  /** The command is accepted; no events means that it was already so. */
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** The command is turned down and nothing is stored. */
  record Refused<E>(Refusal refusal) implements Decision<E> {}

  /** Accepts with these events. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static <E> Decision<E> accept(E... events) {
    return new Accepted<>(List.of(events));
  }

  /** Refuses with a code and a sentence that names value and expectation. */
  static <E> Decision<E> refuse(RefusalCode code, String message) {
    return new Refused<>(Refusal.of(code, message));
  }
}
