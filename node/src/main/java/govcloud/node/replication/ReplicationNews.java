package govcloud.node.replication;

import govcloud.node.replication.ReplicationMessage.Attachments;
import govcloud.node.replication.ReplicationMessage.Hurry;
import govcloud.node.replication.ReplicationMessage.LostHere;
import govcloud.node.replication.ReplicationMessage.LostThere;
import govcloud.node.replication.ReplicationMessage.Refill;
import govcloud.node.replication.ReplicationMessage.Told;
import govcloud.node.replication.ReplicationMessage.Verified;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;

/**
 * Tells the nodes how far each slice is replicated, and that somebody waits. What is lost is told
 * again within seconds.
 */
final class ReplicationNews {

  /** Something that this node has to tell. */
  private record Tell(ReplicationMessage message) {}

  private ReplicationNews() {}

  /**
   * Listens to all nodes.
   *
   * @param daemons hear of slices for whose receipts somebody waits, and of refilling
   * @param verified hears of checks of the archive
   */
  static Behavior<Object> create(
      ReplicationProgress progress,
      ReplicationDaemons daemons,
      Consumer<VerificationReport> verified) {
    return Behaviors.setup(
        context -> {
          ActorRef<Topic.Command<ReplicationMessage>> topic =
              context.spawn(Topic.create(ReplicationMessage.class, "replication"), "topic");
          topic.tell(Topic.subscribe(context.getSelf().narrow()));
          ActorRef<Object> self = context.getSelf();
          progress.onHurry(message -> self.tell(new Tell(message)));
          return Behaviors.receive(Object.class)
              .onMessage(Tell.class, tell -> after(() -> topic.tell(Topic.publish(tell.message()))))
              .onMessage(Told.class, told -> after(() -> progress.learn(told.state())))
              .onMessage(Attachments.class, message -> after(() -> progress.learn(message.state())))
              .onMessage(
                  LostThere.class, message -> after(() -> progress.lostThere(message.loss())))
              .onMessage(LostHere.class, message -> after(() -> progress.lostHere(message.loss())))
              .onMessage(Verified.class, message -> after(() -> verified.accept(message.report())))
              .onMessage(Hurry.class, message -> after(() -> daemons.hurry(message)))
              .onMessage(Refill.class, message -> after(() -> daemons.refill(message)))
              .build();
        });
  }

  private static Behavior<Object> after(Runnable work) {
    work.run();
    return Behaviors.same();
  }

  /** Tells all nodes, this one too. */
  static void tell(ActorRef<Object> news, ReplicationMessage message) {
    news.tell(new Tell(message));
  }
}
