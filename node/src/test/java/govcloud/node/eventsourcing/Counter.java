package govcloud.node.eventsourcing;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Commit;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.RefusalCode;
import govcloud.protobuf.journal.CommitCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The smallest aggregate with everything an entity has to deal with. */
final class Counter implements Aggregate<Counter.Command, Counter.Added, Counter.State> {

  sealed interface Command {}

  record Add(int amount) implements Command {}

  /** The rules fail on it. */
  record Explode() implements Command {}

  record Added(int amount) {}

  record State(long total) {}

  enum Code implements RefusalCode {
    NEGATIVE;

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }
  }

  static AggregateType<Command, Added, State> kind() {
    return new AggregateType<>(new Counter(), new Codec(), Command.class, State.class);
  }

  @Override
  public String type() {
    return "counter";
  }

  @Override
  public String status(State state) {
    return "at-" + state.total();
  }

  @Override
  public State initial() {
    return new State(0);
  }

  @Override
  public Decision<Added> decide(State state, Command command, Context context) {
    if (!(command instanceof Add add)) {
      throw new IllegalStateException("exploded");
    }
    if (add.amount() < 0) {
      return Decision.refuse(Code.NEGATIVE, "amount: " + add.amount() + " (expected: >= 0)");
    }
    return add.amount() == 0 ? Decision.accept() : Decision.accept(new Added(add.amount()));
  }

  @Override
  public State evolve(State state, Added event) {
    return new State(state.total() + event.amount());
  }

  /** Lines of text; good enough for what lives only during a test. */
  static final class Codec implements CommitCodec<Added> {
    @Override
    public String manifest() {
      return "counter/1";
    }

    @Override
    public int schemaVersion() {
      return 1;
    }

    @Override
    public String aggregateType() {
      return "counter";
    }

    @Override
    public Class<Added> eventType() {
      return Added.class;
    }

    @Override
    public byte[] encode(Commit<Added> commit) {
      var amounts =
          commit.events().stream().map(e -> "" + e.amount()).collect(Collectors.joining(","));
      return String.join(
              "\n",
              commit.at().toString(),
              commit.actor().person(),
              commit.actor().role(),
              commit.idempotencyKey(),
              commit.requestHash(),
              amounts)
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Commit<Added> decode(byte[] payload) {
      var lines = List.of(new String(payload, StandardCharsets.UTF_8).split("\n", -1));
      return new Commit<>(
          Instant.parse(lines.get(0)),
          new Actor(lines.get(1), lines.get(2)),
          lines.get(3),
          lines.get(4),
          Arrays.stream(lines.get(5).split(",", -1))
              .map(Integer::valueOf)
              .map(Added::new)
              .toList());
    }
  }
}
