package govcloud.node.cluster;

import govcloud.journal.plugin.SliceJournal;
import govcloud.node.cluster.ClusterMessage.SlicesAdvanced;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Tells the readers of all other nodes how far the slices hosted here have got, at most once in an
 * interval however many records there are. May lose news: readers ask by themselves now and then.
 */
public final class SliceNews {

  private static final long NOTHING = -1;

  private final ActorSystem<?> system;
  private final SliceJournal journal;
  private final Duration interval;
  private final String self;
  private final AtomicLongArray latest;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  private SliceNews(ActorSystem<?> system, SliceJournal journal, Duration interval) {
    this.system = system;
    this.journal = journal;
    this.interval = interval;
    this.self = Cluster.get(system).selfMember().address().toString();
    this.latest = new AtomicLongArray(journal.slices().count());
    for (var slice = 0; slice < latest.length(); slice++) {
      latest.set(slice, NOTHING);
    }
  }

  /** Begins to tell and to listen; the node must be a member. */
  public static void start(ActorSystem<?> system, SliceJournal journal, Duration interval) {
    var news = new SliceNews(system, journal, interval);
    var teller = system.systemActorOf(news.teller(), "slice-news", Props.empty());
    journal.onAdvanced((slice, position) -> news.advanced(slice, position, teller));
  }

  private enum Flush {
    FLUSH
  }

  private Behavior<Object> teller() {
    return Behaviors.setup(
        context -> {
          var topic = context.spawn(Topic.create(ClusterMessage.class, "slices-advanced"), "topic");
          topic.tell(Topic.subscribe(context.getSelf().narrow()));
          return Behaviors.receive(Object.class)
              .onMessage(Flush.class, flush -> tell(topic))
              .onMessage(SlicesAdvanced.class, this::heard)
              .build();
        });
  }

  /** Called on the journal's threads. */
  private void advanced(int slice, long position, ActorRef<Object> teller) {
    latest.accumulateAndGet(slice, position, Math::max);
    if (scheduled.compareAndSet(false, true)) {
      system
          .scheduler()
          .scheduleOnce(interval, () -> teller.tell(Flush.FLUSH), system.executionContext());
    }
  }

  private Behavior<Object> tell(ActorRef<Topic.Command<ClusterMessage>> topic) {
    scheduled.set(false);
    Map<Integer, Long> positions = new HashMap<>();
    for (var slice = 0; slice < latest.length(); slice++) {
      var position = latest.getAndSet(slice, NOTHING);
      if (position != NOTHING) {
        positions.put(slice, position);
      }
    }
    if (!positions.isEmpty()) {
      topic.tell(Topic.publish(new SlicesAdvanced(self, positions)));
    }
    return Behaviors.same();
  }

  private Behavior<Object> heard(SlicesAdvanced news) {
    if (!news.address().equals(self)) {
      news.positions().forEach(journal::wake);
    }
    return Behaviors.same();
  }
}
