package govcloud.node.eventsourcing;

import govcloud.domain.Aggregate;
import govcloud.protobuf.journal.CommitCodec;
import java.util.Objects;

/**
 * One kind of entity: its rules, how its history is written down, and the types that travel.
 *
 * @param commandType the common type of its commands
 * @param stateType the type of its state
 */
public record AggregateType<C, E, S>(
    Aggregate<C, E, S> aggregate, CommitCodec<E> codec, Class<C> commandType, Class<S> stateType) {

  public AggregateType {
    Objects.requireNonNull(commandType, "commandType");
    Objects.requireNonNull(stateType, "stateType");
    if (!aggregate.type().equals(codec.aggregateType())) {
      throw new IllegalArgumentException(
          "codec of " + codec.aggregateType() + " (expected: of " + aggregate.type() + ")");
    }
  }

  /** The stable name of the kind. */
  public String name() {
    return aggregate.type();
  }
}
