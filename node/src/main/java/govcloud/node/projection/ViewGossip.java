package govcloud.node.projection;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.pubsub.Topic;

/**
 * Tells the other nodes how far this node's projections are, at most every {@link #PAUSE}, so that
 * read-your-writes need not ask Cassandra. What is lost is told by the next record, or found in the
 * stored offsets.
 */
final class ViewGossip extends AbstractBehavior<ViewGossip.Message> {

  /** How long changes are collected. */
  static final Duration PAUSE = Duration.ofMillis(20);

  /** What this actor understands; only {@link Told} travels between nodes. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(value = Told.class, name = "told"))
  public sealed interface Message {}

  /** News of another node. */
  public record Told(List<News> news) implements Message {}

  /** A projection has come this far, or has failed this many times since. */
  public record News(String view, int slice, long position, int failures, String failure) {}

  private record Changed(ViewProgress.Key key) implements Message {}

  private record Tick() implements Message {}

  private final ViewProgress progress;
  private final TimerScheduler<Message> timers;
  private final ActorRef<Topic.Command<Message>> topic;
  private final Map<ViewProgress.Key, Boolean> changed = new LinkedHashMap<>();

  static Behavior<Message> create(ViewProgress progress) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new ViewGossip(context, progress, timers)));
  }

  private ViewGossip(
      ActorContext<Message> context, ViewProgress progress, TimerScheduler<Message> timers) {
    super(context);
    this.progress = progress;
    this.timers = timers;
    this.topic = context.spawn(Topic.create(Message.class, "view-progress"), "topic");
    topic.tell(Topic.subscribe(context.getSelf()));
    ActorRef<Message> self = context.getSelf();
    progress.listen(
        new ViewProgress.Listener() {
          @Override
          public void reached(ViewProgress.Key key, long position) {
            self.tell(new Changed(key));
          }

          @Override
          public void failed(ViewProgress.Key key, int times, String message) {
            self.tell(new Changed(key));
          }
        });
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Changed.class, this::changed)
        .onMessage(Tick.class, tick -> tell())
        .onMessage(Told.class, this::told)
        .build();
  }

  private Behavior<Message> changed(Changed message) {
    if (changed.isEmpty()) {
      timers.startSingleTimer(new Tick(), PAUSE);
    }
    changed.put(message.key(), true);
    return this;
  }

  private Behavior<Message> tell() {
    List<News> news = new ArrayList<>(changed.size());
    for (ViewProgress.Key key : changed.keySet()) {
      news.add(
          new News(
              key.view(),
              key.slice(),
              progress.position(key),
              progress.failures(key),
              progress.failure(key)));
    }
    changed.clear();
    topic.tell(Topic.publish(new Told(news)));
    return this;
  }

  private Behavior<Message> told(Told message) {
    for (News news : message.news()) {
      ViewProgress.Key key = new ViewProgress.Key(news.view(), news.slice());
      if (news.failures() == 0) {
        progress.learn(key, news.position());
      } else {
        progress.learnFailure(key, news.failures(), news.failure());
      }
    }
    return this;
  }
}
