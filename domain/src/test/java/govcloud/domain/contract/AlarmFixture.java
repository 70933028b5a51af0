package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.alarm.AlarmBook;
import govcloud.domain.alarm.AlarmCommand;
import govcloud.domain.alarm.AlarmEvent;
import govcloud.domain.alarm.AlarmState;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A sibling that goes away and comes back, and what makes no sense. */
public final class AlarmFixture implements AggregateFixture<AlarmCommand, AlarmEvent, AlarmState> {

  private static final Instant SINCE = Instant.parse("2026-03-02T01:15:20Z");

  /** The sibling is away. */
  public static final AlarmCommand AWAY =
      new AlarmCommand.Raise("SIBLING_AWAY", "mountain", "connection refused", "node-1", SINCE);

  @Override
  public AlarmBook aggregate() {
    return new AlarmBook();
  }

  @Override
  public Class<AlarmCommand> commandType() {
    return AlarmCommand.class;
  }

  @Override
  public Class<AlarmEvent> eventType() {
    return AlarmEvent.class;
  }

  @Override
  public List<AlarmCommand> commands() {
    return List.of(
        AWAY,
        new AlarmCommand.Raise("CUT_OLD", "cut 7", "of 2026-03-01", "node-2", SINCE),
        new AlarmCommand.Raise("", "mountain", "", "node-1", SINCE),
        new AlarmCommand.Raise("SIBLING_AWAY", "", "", "node-1", SINCE),
        new AlarmCommand.Clear("SIBLING_AWAY", "mountain"),
        new AlarmCommand.Clear("CUT_OLD", "cut 7"),
        new AlarmCommand.Clear("CUT_OLD", "none"));
  }

  @Override
  public List<Actor> actors() {
    return List.of(Actor.platform(), new Actor("wang", Actor.OPERATOR));
  }

  @Override
  public Set<Class<? extends AlarmCommand>> idempotent() {
    return Set.of(AlarmCommand.Raise.class, AlarmCommand.Clear.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("quiet", "raised");
  }
}
