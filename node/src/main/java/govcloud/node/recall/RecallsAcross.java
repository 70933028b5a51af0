package govcloud.node.recall;

import govcloud.node.NodeContext;
import govcloud.node.exchange.crossing.RecallLine;
import govcloud.node.reaction.DeadlineSweeper;
import govcloud.node.tenant.ActiveTenants;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Recalls between this cloud and those that it knows. */
public final class RecallsAcross {

  private static final Duration LOOK = Duration.ofSeconds(10);

  private RecallsAcross() {}

  /** Answers other clouds from now on; one node of the cloud asks those that can be asked. */
  public static void start(
      NodeContext context, RecallTable recalls, Recipients recipients, RecallLine line) {
    line.answerWith(new LeavingRecalls(context.entities(), recalls)::answer);
    if (!line.askable().isEmpty()) {
      var arriving =
          new ArrivingRecalls(
              context.entities(), recipients, new ActiveTenants(context.entities()), line);
      ClusterSingleton.get(context.system())
          .init(
              SingletonActor.of(
                  DeadlineSweeper.create(List.of(arriving::look), LOOK), "recalls-of-others"));
    }
  }
}
