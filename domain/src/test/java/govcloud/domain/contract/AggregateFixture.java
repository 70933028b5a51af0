package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import java.util.List;
import java.util.Set;

/**
 * An aggregate with enough commands and people to lead it through its whole life.
 *
 * @param <C> commands
 * @param <E> events
 * @param <S> state
 */
public interface AggregateFixture<C, E, S> {

  /** The aggregate's rules. */
  Aggregate<C, E, S> aggregate();

  /** The sealed interface of its commands. */
  Class<C> commandType();

  /** The sealed interface of its events. */
  Class<E> eventType();

  /** Commands that, asked in some order, produce every event; good ones and bad ones. */
  List<C> commands();

  /** People who ask. */
  List<Actor> actors();

  /** Commands that, asked again after they were accepted, change nothing. */
  Set<Class<? extends C>> idempotent();

  /** Every status that walks must come to. */
  Set<String> statuses();

  /** The next command comes within so many minutes. */
  default int pace() {
    return 3_000;
  }
}
