package govcloud.node.citizen;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.correction.CorrectionRoutes;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.correction.CorrectionView;
import govcloud.node.correction.Corrections;
import govcloud.node.deferral.NoticeDeferralRoutes;
import govcloud.node.deferral.NoticeDeferralTable;
import govcloud.node.exchange.CallbackTable;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.exchange.RecallNotices;
import govcloud.node.exchange.crossing.RecallLine;
import govcloud.node.http.Commands;
import govcloud.node.http.Door;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.identity.PageGuests;
import govcloud.node.objection.ObjectionRoutes;
import govcloud.node.objection.ObjectionTable;
import govcloud.node.objection.ObjectionView;
import govcloud.node.projection.Views;
import govcloud.node.recall.RecallRoutes;
import govcloud.node.recall.RecallTable;
import govcloud.node.recall.RecallsAcross;
import govcloud.node.recall.Recipients;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.TenantTable;
import java.util.Optional;
import java.util.function.Supplier;

/** Who looked at one's own data, and objections to it. */
public final class CitizenFeature implements NodeFeature {

  /** What it reads of what others keep. */
  public record ReadSide(
      Views views,
      ExchangeTable exchanges,
      ObjectionTable objections,
      RecallTable recalls,
      NoticeDeferralTable deferrals,
      CorrectionTable corrections,
      TenantTable tenants) {}

  private final Supplier<ReadSide> readSide;
  private final Supplier<Door> door;
  private final Supplier<Optional<RecallLine>> across;

  /**
   * Nobody has asked yet.
   *
   * @param readSide asked once, after all features have started
   * @param door of the API; there once the routes are
   * @param across the line to other clouds on which recalls are told; there once the routes are
   */
  public CitizenFeature(
      Supplier<ReadSide> readSide, Supplier<Door> door, Supplier<Optional<RecallLine>> across) {
    this.readSide = readSide;
    this.door = door;
    this.across = across;
  }

  @Override
  public String name() {
    return "citizen";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var system = context.system();
    var models = readSide.get();
    var patience = HttpSettings.from(system.settings().config()).consistencyTimeout();
    var lists = new Lists(models.views(), patience);
    var commands = new Commands(context.entities());
    var notices = new Notices(context.entities(), models.objections(), context.clock());
    var accesses = new Accesses(context.entities(), models.exchanges(), notices, models.tenants());
    var tenants = new ActiveTenants(context.entities());
    var corrections = new Corrections(context.personal());
    new CitizenRoutes(accesses, models.recalls(), commands, lists).register(routes);
    new MyCorrectionRoutes(accesses, models.corrections(), corrections, commands, lists)
        .register(routes);
    pages(context, accesses, corrections, routes);
    new CorrectionRoutes(commands, lists, models.corrections(), corrections, tenants)
        .register(routes);
    new ObjectionRoutes(commands, lists, models.objections(), tenants).register(routes);
    new NoticeDeferralRoutes(commands, lists, models.deferrals(), tenants).register(routes);
    var recipients = recipients(context, models);
    new RecallRoutes(commands, lists, models.recalls(), recipients, tenants).register(routes);
    across
        .get()
        .ifPresent(line -> RecallsAcross.start(context, models.recalls(), recipients, line));
  }

  private void pages(
      NodeContext context, Accesses accesses, Corrections corrections, Routes routes) {
    var system = context.system();
    var models = readSide.get();
    var patience = HttpSettings.from(system.settings().config()).consistencyTimeout();
    var guests = new PageGuests(door, system);
    new CitizenPage(
            accesses,
            models.recalls(),
            models.corrections(),
            context.entities(),
            token -> models.views().await(ObjectionView.NAME, token, patience),
            guests)
        .register(routes);
    new CorrectionPage(
            accesses,
            corrections,
            context.entities(),
            token -> models.views().await(CorrectionView.NAME, token, patience),
            guests)
        .register(routes);
  }

  private static Recipients recipients(NodeContext context, ReadSide models) {
    return new Recipients(
        context.entities(),
        models.exchanges(),
        models.recalls(),
        new RecallNotices(
            new CallbackTable(context.cassandra(), context.journal().cassandra().keyspace()),
            context.clock()),
        context.clock());
  }
}
