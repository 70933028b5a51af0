package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.identity.SignInSource;
import govcloud.domain.identity.SourceCommand;
import govcloud.domain.identity.SourceEvent;
import govcloud.domain.identity.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An address from which many names are tried, one after the other within the hour. */
public final class SourceFixture
    implements AggregateFixture<SourceCommand, SourceEvent, SourceState> {

  @Override
  public SignInSource aggregate() {
    return new SignInSource();
  }

  @Override
  public Class<SourceCommand> commandType() {
    return SourceCommand.class;
  }

  @Override
  public Class<SourceEvent> eventType() {
    return SourceEvent.class;
  }

  @Override
  public List<SourceCommand> commands() {
    List<SourceCommand> commands = new ArrayList<>();
    for (int i = 0; i < 2 * SignInSource.NAMES_TO_SLOW; i++) {
      commands.add(new SourceCommand.NoteRefused("name-" + i));
    }
    commands.add(new SourceCommand.NoteLetIn("name-1"));
    commands.add(new SourceCommand.NoteLetIn("nobody"));
    return commands;
  }

  @Override
  public List<Actor> actors() {
    return List.of(Actor.platform(), Actor.platform(), new Actor("wang", Actor.OPERATOR));
  }

  @Override
  public Set<Class<? extends SourceCommand>> idempotent() {
    return Set.of(SourceCommand.NoteRefused.class, SourceCommand.NoteLetIn.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("clean", "watched", "slowed");
  }

  @Override
  public int pace() {
    return 2;
  }
}
