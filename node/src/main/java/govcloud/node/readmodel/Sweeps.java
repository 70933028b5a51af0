package govcloud.node.readmodel;

import govcloud.node.NodeContext;
import govcloud.node.correction.LateCorrections;
import govcloud.node.exchange.CallbackTable;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.exchange.RecallNotices;
import govcloud.node.objection.LateObjections;
import govcloud.node.operation.OperationTable;
import govcloud.node.reaction.DeadlineSweeper;
import govcloud.node.reaction.OverdueOperations;
import govcloud.node.recall.LateRecalls;
import govcloud.node.recall.Recipients;
import govcloud.node.sharing.AgreementTable;
import govcloud.node.sharing.LateAgreements;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** What one node of the cloud looks for again and again in the lists: what is late, or not told. */
final class Sweeps {

  private static final Duration SWEEP = Duration.ofSeconds(10);

  private Sweeps() {}

  static void start(
      NodeContext context,
      OperationTable operations,
      AgreementTable agreements,
      ExchangeTable exchanges,
      ReadModelsFeature.Claims claims) {
    var entities = context.entities();
    var clock = context.clock();
    var overdue = new OverdueOperations(entities, operations, clock);
    var late = new LateAgreements(entities, agreements, clock);
    var objections = new LateObjections(entities, claims.objections(), clock);
    var corrections = new LateCorrections(entities, claims.corrections(), clock);
    var recalls = new LateRecalls(entities, claims.recalls(), clock);
    var recipients = new Recipients(entities, exchanges, claims.recalls(), notices(context), clock);
    ClusterSingleton.get(context.system())
        .init(
            SingletonActor.of(
                DeadlineSweeper.create(
                    List.of(
                        overdue::sweep,
                        late::escalate,
                        late::expire,
                        late::lapse,
                        objections::escalate,
                        corrections::escalate,
                        recalls::escalate,
                        recipients::tell),
                    SWEEP),
                "deadline-sweeper"));
  }

  private static RecallNotices notices(NodeContext context) {
    var keyspace = context.journal().cassandra().keyspace();
    return new RecallNotices(new CallbackTable(context.cassandra(), keyspace), context.clock());
  }
}
