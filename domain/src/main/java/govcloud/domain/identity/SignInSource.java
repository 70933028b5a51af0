package govcloud.domain.identity;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A place from which people sign in: an address, or the network of one. Whoever tries a password on
 * many accounts stays below the lockout of each of them, so that many different names which are
 * refused from one place first slow the place down and then close it, for a time and never for
 * good. Somebody who is let in after all was no stranger and counts no longer.
 */
public final class SignInSource implements Aggregate<SourceCommand, SourceEvent, SourceState> {

  /** From so many names on, those who are refused have to wait a little. */
  public static final int NAMES_TO_SLOW = 10;

  /** From so many names on, nobody is heard for minutes. */
  public static final int NAMES_TO_CLOSE = 30;

  /** How long a place is slowed down. */
  public static final Duration SLOWED = Duration.ofSeconds(5);

  /** No place is closed for longer at a time. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  /** The same name within this time is no news: the account's own lockout looks after it. */
  private static final Duration NEWS = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 4;

  @Override
  public String type() {
    return "source";
  }

  @Override
  public String status(SourceState state) {
    if (state.refused().isEmpty()) {
      return "clean";
    }
    return state.closedUntil().isPresent() ? "slowed" : "watched";
  }

  @Override
  public SourceState initial() {
    return SourceState.CLEAN;
  }

  @Override
  public Decision<SourceEvent> decide(SourceState state, SourceCommand command, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return Decision.refuse(
          SourceRefusal.SOURCE_PLATFORM_ONLY,
          "role: " + context.actor().role() + " (expected: " + Actor.PLATFORM + ")");
    }
    if (command instanceof SourceCommand.NoteRefused c) {
      return refused(state, c.account(), context.now());
    } else if (command instanceof SourceCommand.NoteLetIn c) {
      return state.knows(c.account())
          ? Decision.accept(new SourceEvent.LetIn(c.account(), context.now()))
          : Decision.accept();
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<SourceEvent> refused(SourceState state, String account, Instant now) {
    var before = Optional.ofNullable(state.refused().get(account));
    if (before.filter(at -> now.isBefore(at.plus(NEWS))).isPresent()) {
      return Decision.accept();
    }
    var until = pause(state.namesWith(account, now)).map(now::plus);
    return Decision.accept(new SourceEvent.Refused(account, until, now));
  }

  /** 5 s each from the tenth name on; 1, 2, 4, 8 and then always 15 min from the thirtieth on. */
  private static Optional<Duration> pause(int names) {
    if (names < NAMES_TO_SLOW) {
      return Optional.empty();
    }
    if (names < NAMES_TO_CLOSE) {
      return Optional.of(SLOWED);
    }
    var pause = Duration.ofMinutes(1L << Math.min(names - NAMES_TO_CLOSE, MOST_DOUBLINGS));
    return Optional.of(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }

  @Override
  public SourceState evolve(SourceState state, SourceEvent event) {
    return state.after(event);
  }
}
