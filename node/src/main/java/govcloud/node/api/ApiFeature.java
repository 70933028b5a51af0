package govcloud.node.api;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.app.AppInstanceRoutes;
import govcloud.node.app.RunningApps;
import govcloud.node.attachment.AttachmentRoutes;
import govcloud.node.attachment.AttachmentSettings;
import govcloud.node.attachment.Attachments;
import govcloud.node.attention.AttentionRoutes;
import govcloud.node.casework.CaseDesk;
import govcloud.node.casework.CaseHistoryRoutes;
import govcloud.node.casework.SealedCases;
import govcloud.node.catalogue.CatalogueRoutes;
import govcloud.node.cluster.ClusterRoutes;
import govcloud.node.cluster.HealthRoutes;
import govcloud.node.directory.DirectoryRoutes;
import govcloud.node.exchange.ExchangeSettings;
import govcloud.node.feed.EventRoutes;
import govcloud.node.http.Commands;
import govcloud.node.http.Contract;
import govcloud.node.http.ContractRoutes;
import govcloud.node.http.Door;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.identity.OwnPage;
import govcloud.node.identity.PageGuests;
import govcloud.node.metering.Quotas;
import govcloud.node.metering.UsageRoutes;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.operation.OperationRoutes;
import govcloud.node.operation.OperationStarts;
import govcloud.node.page.PageDesk;
import govcloud.node.readmodel.ReadModels;
import govcloud.node.replication.ReplicationFeature;
import govcloud.node.sharing.AgreementRoutes;
import govcloud.node.sharing.ResourceRoutes;
import govcloud.node.subject.Erasures;
import govcloud.node.subject.SubjectRoutes;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.Allowances;
import govcloud.node.tenant.TenantRoutes;
import govcloud.node.view.ViewRoutes;
import java.util.function.Supplier;

/** The routes of every noun. */
public final class ApiFeature implements NodeFeature {

  private final Supplier<ReadModels> readModels;
  private final ReplicationFeature replication;
  private final Supplier<Door> door;

  private volatile ApprovedWork erasures;

  /**
   * Routes over read models.
   *
   * @param readModels asked once, after all features have started
   * @param replication says what changes wait for
   * @param door of the API; asked for once the routes are there
   */
  public ApiFeature(
      Supplier<ReadModels> readModels, ReplicationFeature replication, Supplier<Door> door) {
    this.door = door;
    this.readModels = readModels;
    this.replication = replication;
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var models = readModels.get();
    var settings = HttpSettings.from(context.system().settings().config());
    var commands = new Commands(context.entities());
    var lists = new Lists(models.views(), settings.consistencyTimeout());
    var tenants = new ActiveTenants(context.entities());
    var apps = new RunningApps(context.entities());
    routes.changesThrough(replication.changes(context, tenants, apps));
    Allowances allowances = tenant -> models.quotas().of(tenant).thenApply(ApiFeature::allowance);
    new TenantRoutes(commands, lists, models.tenants()).register(routes);
    new AppInstanceRoutes(
            commands,
            lists,
            models.apps(),
            tenants,
            allowances,
            new OperationStarts(context.system(), context.entities()))
        .register(routes);
    var attachments = Attachments.of(context.archive(), replication::shipped, context.system());
    new AttachmentRoutes(
            context.system(),
            attachments,
            AttachmentSettings.from(context.system().settings().config()),
            tenants::require)
        .register(routes);
    CaseDesk.routes(
            context, commands, lists, models.cases(), tenants, apps, allowances, attachments)
        .register(routes);
    ofSharing(context, models, commands, lists, tenants, routes);
    new CaseHistoryRoutes(
            context.system(),
            commands,
            models.history(),
            new SealedCases(context.personal(), context.catalogue()))
        .register(routes);
    ofSubjects(context, commands, routes);
    ofTheCloud(context, models, commands, lists, settings, routes);
  }

  private void ofSharing(
      NodeContext context,
      ReadModels models,
      Commands commands,
      Lists lists,
      ActiveTenants tenants,
      Routes routes) {
    var services = ExchangeSettings.from(context.system().settings().config()).providers();
    new ResourceRoutes(commands, lists, models.resources(), tenants, services::fault)
        .register(routes);
    new AgreementRoutes(commands, lists, models.agreements(), tenants).register(routes);
    new DirectoryRoutes(
            commands, models.resources(), tenants, new PageGuests(door, context.system()))
        .register(routes);
  }

  private void ofSubjects(NodeContext context, Commands commands, Routes routes) {
    var erasing = new Erasures(context.entities(), context.personal(), context.clock());
    new SubjectRoutes(commands, context.personal(), erasing).register(routes);
    erasures = erasing;
  }

  /**
   * What is done when two people have signed an erasure.
   *
   * @throws IllegalStateException before the routes are there
   */
  public ApprovedWork erasures() {
    var there = erasures;
    if (there == null) {
      throw new IllegalStateException("erasures: not there (expected: routes before)");
    }
    return there;
  }

  private void ofTheCloud(
      NodeContext context,
      ReadModels models,
      Commands commands,
      Lists lists,
      HttpSettings settings,
      Routes routes) {
    new OperationRoutes(commands, lists, models.operations()).register(routes);
    new CatalogueRoutes(context.catalogue()).register(routes);
    new UsageRoutes(commands, models.usage(), models.quotas(), context.clock()).register(routes);
    new AttentionRoutes(models.attention()).register(routes);
    new ClusterRoutes(
            context.settings(),
            context.cluster(),
            models.views(),
            () -> models.attention().items().thenApply(AttentionRoutes::shape))
        .register(routes);
    new ViewRoutes(models.views(), models.parking(), models.rebuilds()).register(routes);
    new EventRoutes(models.feed(), context.settings().slices(), settings.heartbeat())
        .register(routes);
    var guests = new PageGuests(door, context.system());
    PageDesk.routes(
            context,
            models,
            replication.watch(),
            settings,
            token -> door.get().installation(token),
            call -> guests.looks(call, OwnPage.OVERVIEW))
        .register(routes);
    new HealthRoutes(context.system()).register(routes);
    new ContractRoutes(Contract.load()).register(routes);
  }

  private static Allowances.Allowance allowance(Quotas.QuotaFacts facts) {
    return new Allowances.Allowance(
        facts.appInstances(), facts.allowsApp(), facts.activeCases(), facts.allowsCase());
  }
}
