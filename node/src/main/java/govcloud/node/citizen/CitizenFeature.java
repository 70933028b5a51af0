package govcloud.node.citizen;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.exchange.ExchangeTable;
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
import govcloud.node.recall.Recipients;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.TenantTable;
import java.util.function.Supplier;

/** Who looked at one's own data, and objections to it. */
public final class CitizenFeature implements NodeFeature {

  /** What it reads of what others keep. */
  public record ReadSide(
      Views views,
      ExchangeTable exchanges,
      ObjectionTable objections,
      RecallTable recalls,
      TenantTable tenants) {}

  private final Supplier<ReadSide> readSide;
  private final Supplier<Door> door;

  /**
   * Nobody has asked yet.
   *
   * @param readSide asked once, after all features have started
   * @param door of the API; there once the routes are
   */
  public CitizenFeature(Supplier<ReadSide> readSide, Supplier<Door> door) {
    this.readSide = readSide;
    this.door = door;
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
    var accesses =
        new Accesses(context.entities(), models.exchanges(), models.objections(), models.tenants());
    var tenants = new ActiveTenants(context.entities());
    new CitizenRoutes(accesses, models.recalls(), commands, lists).register(routes);
    new CitizenPage(
            accesses,
            models.recalls(),
            context.entities(),
            token -> models.views().await(ObjectionView.NAME, token, patience),
            new PageGuests(door, system))
        .register(routes);
    new ObjectionRoutes(commands, lists, models.objections(), tenants).register(routes);
    var recipients =
        new Recipients(context.entities(), models.exchanges(), models.recalls(), context.clock());
    new RecallRoutes(commands, lists, models.recalls(), recipients, tenants).register(routes);
  }
}
