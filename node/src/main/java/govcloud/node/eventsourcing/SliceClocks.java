package govcloud.node.eventsourcing;

import govcloud.journal.ClockPassedException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.plugin.SliceJournal;
import govcloud.node.eventsourcing.EntityMessage.CloseClock;
import govcloud.node.eventsourcing.EntityReply.Closed;
import govcloud.node.eventsourcing.EntityReply.Failed;
import govcloud.node.eventsourcing.EntityReply.Passed;
import govcloud.node.eventsourcing.EntityReply.Why;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Closes hybrid clocks in slices, on whatever node hosts them. */
public final class SliceClocks {

  private final ActorSystem<?> system;
  private final Duration patience;

  /**
   * The slices of a cluster.
   *
   * @param system a member that hosts entities
   * @param patience how long one slice may take to answer
   */
  public SliceClocks(ActorSystem<?> system, Duration patience) {
    this.system = system;
    this.patience = patience;
  }

  /**
   * Closes a clock in one slice. Completes with the mark's offset; fails with {@link
   * ClockPassedException} if the log has gone further, and with anything else if the clock may be
   * closed or not: closing the same clock again is allowed.
   */
  public CompletionStage<Long> close(int slice, long clock) {
    String home = SliceExtractor.SLICE + slice;
    return ClusterSharding.get(system)
        .entityRefFor(EntitySharding.KEY, home)
        .<EntityReply>ask(replyTo -> new CloseClock(home, clock, replyTo), patience)
        .thenApply(
            reply -> {
              if (reply instanceof Closed closed) {
                return closed.offset();
              }
              if (reply instanceof Passed passed) {
                throw new ClockPassedException(slice, clock, passed.clock());
              }
              throw new JournalUnavailableException("slice " + slice + ": " + reply);
            });
  }

  /** The entity that only gives a slice a home: lives for one message. */
  static Behavior<EntityMessage> home() {
    return Behaviors.receive(
        (context, message) -> {
          if (message instanceof CloseClock close) {
            close(SliceJournal.get(context.getSystem()), close);
          }
          return Behaviors.stopped();
        });
  }

  private static void close(SliceJournal journal, CloseClock close) {
    int slice = Integer.parseInt(close.entityId().substring(SliceExtractor.SLICE.length()));
    journal
        .closeClock(slice, close.clock())
        .whenComplete(
            (offset, failure) ->
                close
                    .replyTo()
                    .tell(failure == null ? new Closed(offset) : refusal(cause(failure))));
  }

  private static EntityReply refusal(Throwable failure) {
    return failure instanceof ClockPassedException passed
        ? new Passed(passed.passed())
        : new Failed(Why.UNKNOWN, 0, String.valueOf(failure.getMessage()));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
