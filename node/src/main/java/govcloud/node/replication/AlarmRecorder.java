package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.alarm.AlarmCommand;
import govcloud.domain.alarm.AlarmState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down in the log which alarms are raised and when they are over, so that a restart forgets
 * none and raises none again. One in the whole cloud. Blocks.
 */
final class AlarmRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmRecorder.class);

  /** Where they are written down. */
  static final String BOOK = "alarms/replication";

  /** How often it looks. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** A node that has just taken this over does not see everything yet. */
  static final Duration SETTLING = Duration.ofSeconds(60);

  /** What is over sooner is not written down. */
  static final Duration LASTING = Duration.ofSeconds(15);

  private static final long PATIENCE_SECONDS = 20;

  private final Entities entities;
  private final Supplier<List<ReplicationAlarm>> seen;
  private final Predicate<Kind> knows;
  private final String node;
  private final Clock clock;
  private final LongSupplier nanos;
  private long begunAt;
  private boolean isBegun;

  /**
   * A recorder that has not looked yet.
   *
   * @param seen the alarms that this node sees
   * @param knows whether it would see one of a kind
   * @param node name of this node
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  AlarmRecorder(
      Entities entities,
      Supplier<List<ReplicationAlarm>> seen,
      Predicate<Kind> knows,
      String node,
      Clock clock,
      LongSupplier nanos) {
    this.entities = entities;
    this.seen = seen;
    this.knows = knows;
    this.node = node;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** What is written down. */
  static CompletionStage<AlarmState> book(Entities entities) {
    return entities.<AlarmState>read(BOOK).thenApply(Answer::state);
  }

  /**
   * Looks once.
   *
   * @return how many changes were written down
   */
  int record() throws Exception {
    if (!isBegun) {
      begunAt = nanos.getAsLong();
      isBegun = true;
    }
    List<ReplicationAlarm> now = seen.get();
    if (now.stream().anyMatch(alarm -> alarm.kind() == Kind.SITE_FENCED)) {
      // What this site writes down counts nowhere.
      return 0;
    }
    boolean isSettled = nanos.getAsLong() - begunAt >= SETTLING.toNanos();
    AlarmState book = book(entities).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    List<AlarmCommand> changes =
        AlarmChanges.of(
            book, now, clock.instant().minus(LASTING), node, kind -> isSettled && knows.test(kind));
    for (AlarmCommand change : changes) {
      Answer<AlarmState> answer =
          entities
              .<AlarmState>ask(BOOK, Request.of(change, Actor.platform()))
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      answer.refused().ifPresent(refusal -> LOG.warn("alarm: {}", refusal.message()));
    }
    return changes.size();
  }
}
