package govcloud.node.readmodel;

import govcloud.domain.correction.CorrectionCommand;
import govcloud.domain.objection.ObjectionCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.node.NodeContext;
import govcloud.node.correction.CorrectionView;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.exchange.CallbackTable;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.exchange.RecallNotices;
import govcloud.node.objection.ObjectionView;
import govcloud.node.operation.OperationRow;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.reaction.DeadlineSweeper;
import govcloud.node.recall.RecallView;
import govcloud.node.recall.Recipients;
import govcloud.node.sharing.AgreementRow;
import govcloud.node.sharing.AgreementTable;
import govcloud.node.sharing.SharingIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** What one node of the cloud looks for again and again in the lists: what is late, or not told. */
final class Sweeps {

  private static final Duration SWEEP = Duration.ofSeconds(10);

  /** Entities that one look at a list is about; the others are found by the next ones. */
  private static final int AT_ONCE = 100;

  private final NodeContext context;

  private Sweeps(NodeContext context) {
    this.context = context;
  }

  static void start(
      NodeContext context,
      OperationTable operations,
      AgreementTable agreements,
      ExchangeTable exchanges,
      ReadModelsFeature.Claims claims) {
    var sweeps = new Sweeps(context).of(operations, agreements, exchanges, claims);
    ClusterSingleton.get(context.system())
        .init(SingletonActor.of(DeadlineSweeper.create(sweeps, SWEEP), "deadline-sweeper"));
  }

  private List<Supplier<CompletionStage<Void>>> of(
      OperationTable operations,
      AgreementTable agreements,
      ExchangeTable exchanges,
      ReadModelsFeature.Claims claims) {
    var recipients =
        new Recipients(context.entities(), exchanges, claims.recalls(), notices(), context.clock());
    return List.of(
        each(operations::overdue, Sweeps::id, new OperationCommand.Expire()),
        each(agreements::late, Sweeps::id, new AgreementCommand.Escalate()),
        each(agreements::over, Sweeps::id, new AgreementCommand.Expire()),
        each(agreements::lapsed, Sweeps::id, new AgreementCommand.LapseActivation()),
        each(
            claims.objections()::late,
            row -> ObjectionView.id(row.provider(), row.exchange()),
            new ObjectionCommand.Escalate()),
        each(
            claims.corrections()::late,
            row -> CorrectionView.id(row.state().matter().orElseThrow()),
            new CorrectionCommand.Escalate()),
        each(
            claims.recalls()::late,
            row -> RecallView.id(row.provider(), row.recall()),
            new RecallCommand.Escalate()),
        recipients::tell);
  }

  /** A list of what is due. */
  @FunctionalInterface
  private interface Due<R> {
    CompletionStage<Page<R>> at(Instant now, PageRequest page);
  }

  /** Gives the same command to each entity that is due; what it misses, it finds the next time. */
  private <R> Supplier<CompletionStage<Void>> each(
      Due<R> due, Function<R, String> id, Object command) {
    return () ->
        due.at(context.clock().instant(), PageRequest.first(AT_ONCE))
            .thenCompose(
                page ->
                    PlatformCommands.askEach(
                        context.entities(), page.items().stream().map(id), command));
  }

  private static String id(OperationRow row) {
    return "operation/" + row.operation();
  }

  private static String id(AgreementRow row) {
    return SharingIds.agreement(row.consumer(), row.agreement());
  }

  private RecallNotices notices() {
    var keyspace = context.journal().cassandra().keyspace();
    return new RecallNotices(new CallbackTable(context.cassandra(), keyspace), context.clock());
  }
}
