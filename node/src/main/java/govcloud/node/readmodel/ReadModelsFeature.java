package govcloud.node.readmodel;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.GovernmentCalendar;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.plugin.SliceJournal;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.account.AccountTable;
import govcloud.node.account.AccountView;
import govcloud.node.app.AppTable;
import govcloud.node.app.AppView;
import govcloud.node.attention.CloudAttention;
import govcloud.node.casework.CaseTable;
import govcloud.node.casework.CaseView;
import govcloud.node.cluster.CassandraSafety;
import govcloud.node.cluster.ClusterSettings;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.correction.CorrectionView;
import govcloud.node.deferral.NoticeDeferralTable;
import govcloud.node.deferral.NoticeDeferralView;
import govcloud.node.eventsourcing.AggregateTypes;
import govcloud.node.exchange.CallbackTable;
import govcloud.node.exchange.ChangeNotes;
import govcloud.node.exchange.DeferredTable;
import govcloud.node.exchange.ExchangeSettings;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.exchange.ExchangeView;
import govcloud.node.exchange.SubjectLists;
import govcloud.node.exchange.SubscriptionTable;
import govcloud.node.exchange.crossing.BundleReports;
import govcloud.node.feed.FeedCursor;
import govcloud.node.feed.JournalFeed;
import govcloud.node.feed.JournalHistory;
import govcloud.node.metering.Quotas;
import govcloud.node.metering.RequestLedger;
import govcloud.node.metering.RequestMeter;
import govcloud.node.metering.UsageTable;
import govcloud.node.metering.UsageWriter;
import govcloud.node.objection.ObjectionTable;
import govcloud.node.objection.ObjectionView;
import govcloud.node.operation.OperationTable;
import govcloud.node.operation.OperationView;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.Generations;
import govcloud.node.projection.ProjectionSettings;
import govcloud.node.projection.Projections;
import govcloud.node.projection.Rebuilds;
import govcloud.node.projection.RecordHandler;
import govcloud.node.projection.View;
import govcloud.node.projection.ViewTable;
import govcloud.node.projection.ViewWriter;
import govcloud.node.projection.parking.Parking;
import govcloud.node.reaction.CaseMigration;
import govcloud.node.reaction.Reactions;
import govcloud.node.reaction.Steps;
import govcloud.node.recall.RecallTable;
import govcloud.node.recall.RecallView;
import govcloud.node.replication.HomeArchive;
import govcloud.node.sharing.AgreementTable;
import govcloud.node.sharing.AgreementView;
import govcloud.node.sharing.ResourceTable;
import govcloud.node.sharing.ResourceView;
import govcloud.node.tenant.TenantTable;
import govcloud.node.tenant.TenantView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;

/** Keeps the read models up, lets events have their consequences, and counts what is used. */
public final class ReadModelsFeature implements NodeFeature {

  private final Function<NodeContext, CompletionStage<List<AuditRecord>>> security;

  private volatile ReadModels readModels;

  /**
   * Not started yet.
   *
   * @param security alarms of the audit trail, asked whenever somebody wants to know what needs
   *     attention
   */
  public ReadModelsFeature(Function<NodeContext, CompletionStage<List<AuditRecord>>> security) {
    this.security = security;
  }

  @Override
  public String name() {
    return "read-models";
  }

  /**
   * What can be asked on this node.
   *
   * @throws IllegalStateException before the feature has started
   */
  public ReadModels readModels() {
    ReadModels present = readModels;
    if (present == null) {
      throw new IllegalStateException("read models: not there (expected: started before)");
    }
    return present;
  }

  @Override
  public void start(NodeContext context) {
    CommitDecoder decoder = decoder(context);
    Tables tables = new Tables(context, decoder);
    var tenants = new TenantTable(tables.of(new TenantView()));
    var apps = new AppTable(tables.of(new AppView()));
    var cases = tables.cases();
    var operations = new OperationTable(tables.of(new OperationView()));
    var resources = new ResourceTable(tables.of(new ResourceView()));
    var agreements = new AgreementTable(tables.of(new AgreementView()));
    var exchanges = exchanges(context, tables);
    var claims = Claims.of(tables);
    var accounts = new AccountTable(tables.of(new AccountView()));
    Parking parking = parking(context, decoder);
    Projections projections = projections(context, tables, parking);
    Sweeps.start(context, operations, agreements, exchanges, claims);
    readModels =
        new ReadModels(
            projections.views(),
            parking,
            rebuilds(context, tables, projections),
            tenants,
            apps,
            cases,
            operations,
            resources,
            agreements,
            exchanges,
            claims.objections(),
            claims.recalls(),
            claims.deferrals(),
            claims.corrections(),
            accounts,
            new UsageTable(views(context), keyspace(context)),
            keepLedger(context),
            new Quotas(tenants, apps, cases),
            feed(context, decoder, projections),
            new JournalHistory(context.journal()::entities, decoder),
            attention(context, projections, cases, operations, agreements, claims));
  }

  private static ExchangeTable exchanges(NodeContext context, Tables tables) {
    var subjects = new SubjectLists(context.archive().map(HomeArchive::keys));
    return new ExchangeTable(tables.of(new ExchangeView(subjects)), subjects);
  }

  private static CommitDecoder decoder(NodeContext context) {
    AggregateTypes types =
        context.system().settings().setup().get(AggregateTypes.class).orElseThrow();
    return stored ->
        types.of(stored.getEntityId()).codec().decode(stored.getPayload().toByteArray());
  }

  private static ProjectionSettings settings(NodeContext context) {
    return ProjectionSettings.from(context.system().settings().config());
  }

  private static Parking parking(NodeContext context, CommitDecoder decoder) {
    return new Parking(
        context.system(),
        context.journal(),
        context.entities(),
        decoder,
        settings(context).parkedLimit(),
        context.settings().cloud(),
        context.clock());
  }

  private static Projections projections(NodeContext context, Tables tables, Parking parking) {
    return Projections.start(
        context.system(),
        context.journal(),
        tables.handlers,
        settings(context),
        parking,
        tables.generations,
        context.clock());
  }

  private static Rebuilds rebuilds(NodeContext context, Tables tables, Projections projections) {
    return projections.rebuilds(
        context.system(),
        context.journal(),
        context.entities(),
        UsageWriter.NAME,
        tables.nouns,
        context.settings().cloud());
  }

  private static CqlSession views(NodeContext context) {
    return context.journal().session(TablePart.VIEWS);
  }

  private static String keyspace(NodeContext context) {
    return context.journal().cassandra().keyspace();
  }

  private static JournalFeed feed(
      NodeContext context, CommitDecoder decoder, Projections projections) {
    SliceJournal journal = context.journal();
    return new JournalFeed(
        context.system(),
        journal.reader(),
        decoder,
        journal.slices().count(),
        context.settings().cloud(),
        () -> projections.heads(UsageWriter.NAME).thenApply(FeedCursor::at));
  }

  private CloudAttention attention(
      NodeContext context,
      Projections projections,
      CaseTable cases,
      OperationTable operations,
      AgreementTable agreements,
      Claims claims) {
    return new CloudAttention(
        context.damaged(),
        context.cluster(),
        new CassandraSafety(context.cassandra()),
        projections.views(),
        cases,
        operations,
        agreements,
        claims.objections(),
        claims.corrections(),
        claims.recalls(),
        new DeferredTable(context.cassandra(), keyspace(context)),
        new SubscriptionTable(context.cassandra(), keyspace(context)),
        new CallbackTable(context.cassandra(), keyspace(context)),
        ExchangeSettings.from(context.system().settings().config()).deferredTerm(),
        new BundleReports(context.cassandra(), keyspace(context)),
        calendar(context.catalogue()),
        () -> security.apply(context),
        ClusterSettings.from(context.system().settings().config()).unallocatedAlarm(),
        context.clock());
  }

  private static CloudAttention.Calendar calendar(Catalogue catalogue) {
    int longest =
        catalogue.all().stream()
            .flatMap(app -> app.clocks().stream())
            .mapToInt(AppDefinition.Clock::workingDays)
            .max()
            .orElse(0);
    var days =
        Optional.of(catalogue.calendar())
            .filter(GovernmentCalendar.class::isInstance)
            .map(GovernmentCalendar.class::cast);
    return new CloudAttention.Calendar(days, longest);
  }

  private static RequestMeter keepLedger(NodeContext context) {
    var meter = new RequestMeter(context.clock());
    var system = context.system();
    var ledger =
        new RequestLedger(
            views(context),
            keyspace(context),
            meter,
            context.settings().name(),
            context.clock().millis());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            RequestLedger.PAUSE,
            RequestLedger.PAUSE,
            () ->
                ledger
                    .write()
                    .whenComplete(
                        (done, failure) -> {
                          if (failure != null) {
                            system.log().warn("usage: not written down: {}", failure.toString());
                          }
                        }),
            system.executionContext());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown(),
            "write-down-usage",
            () -> ledger.write().handle((done, failure) -> Done.getInstance()));
    return meter;
  }

  /** What people and departments say about exchanges that were. */
  record Claims(
      ObjectionTable objections,
      RecallTable recalls,
      NoticeDeferralTable deferrals,
      CorrectionTable corrections) {

    private static Claims of(Tables tables) {
      return new Claims(
          new ObjectionTable(tables.of(new ObjectionView())),
          new RecallTable(tables.of(new RecallView())),
          new NoticeDeferralTable(tables.of(new NoticeDeferralView())),
          new CorrectionTable(tables.of(new CorrectionView())));
    }
  }

  /** Makes the tables of views and the handlers that write them. */
  private static final class Tables {
    private final NodeContext context;
    private final CommitDecoder decoder;
    private final Generations generations;
    private final Map<String, String> nouns = new LinkedHashMap<>();
    private final Map<String, RecordHandler.Factory> handlers = new LinkedHashMap<>();

    Tables(NodeContext context, CommitDecoder decoder) {
      this.context = context;
      this.decoder = decoder;
      this.generations = new Generations(views(context), keyspace(context), context.clock());
    }

    /** Cases, with what is counted of them and follows from them. */
    CaseTable cases() {
      var cases = new CaseTable(of(new CaseView()));
      addUsageAndReactions(cases);
      return cases;
    }

    private void addUsageAndReactions(CaseTable cases) {
      var usage = UsageWriter.Statements.of(views(context), keyspace(context));
      handlers.put(UsageWriter.NAME, (slice, generation) -> new UsageWriter(usage, decoder, slice));
      var migration = new CaseMigration(context.system(), context.entities(), cases);
      var steps =
          new Steps(
              context.entities(),
              context.catalogue(),
              context.hybridClock(),
              migration,
              context.personal());
      handlers.put(Reactions.NAME, (slice, generation) -> new Reactions(decoder, steps));
      var subscriptions = new SubscriptionTable(context.cassandra(), keyspace(context));
      var kept = ExchangeSettings.from(context.system().settings().config()).changesKept();
      handlers.put(
          ChangeNotes.NAME, (slice, generation) -> new ChangeNotes(subscriptions, decoder, kept));
    }

    <R> ViewTable<R> of(View<R> view) {
      Executor executor = context.system().executionContext();
      int cachedRows = settings(context).cachedRows();
      SliceJournal journal = context.journal();
      ViewTable<R> table =
          new ViewTable<>(
              views(context),
              journal.cassandra().keyspace(),
              view,
              generations,
              journal.slices().count(),
              journal.slices()::sliceOf,
              executor);
      nouns.put(view.name(), view.type());
      handlers.put(
          view.name(),
          (slice, generation) ->
              new ViewWriter<>(table, generation, decoder, slice, cachedRows, executor));
      return table;
    }
  }
}
