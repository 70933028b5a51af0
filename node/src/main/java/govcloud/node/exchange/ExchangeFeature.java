package govcloud.node.exchange;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.sharing.Provider.Kind;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.attachment.Attachments;
import govcloud.node.casework.CaseTable;
import govcloud.node.casework.SealedCases;
import govcloud.node.exchange.crossing.RecallLine;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.projection.Views;
import govcloud.node.reaction.DeadlineSweeper;
import govcloud.node.replication.ReplicationFeature;
import govcloud.node.sharing.Agreements;
import govcloud.node.tenant.ActiveTenants;
import govcloud.pki.request.RequestSigner;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Queries between departments, and the ledger in which they are recorded. */
public final class ExchangeFeature implements NodeFeature {

  private static final int LIFE_BYTES = 16;
  private static final Duration DELIVERY = Duration.ofSeconds(1);

  /** What it reads of what others keep. */
  public record ReadSide(
      Views views, EntityHistory history, ExchangeTable exchanges, CaseTable cases) {}

  private final SecureRandom random;
  private final Supplier<ReadSide> readSide;
  private final ReplicationFeature replication;
  private volatile Function<AuditRecord, CompletionStage<Void>> trail =
      record -> CompletableFuture.failedStage(new IllegalStateException("trail: not there yet"));

  private volatile Optional<RecallLine> recalls = Optional.empty();

  /**
   * Nothing exchanged yet.
   *
   * @param readSide asked once, after all features have started
   * @param replication knows the way to the sibling, which is the ledger's witness
   */
  public ExchangeFeature(
      SecureRandom random, Supplier<ReadSide> readSide, ReplicationFeature replication) {
    this.random = random;
    this.readSide = readSide;
    this.replication = replication;
  }

  /**
   * The line to other clouds on which recalls are told; there once the routes are.
   *
   * @return none: no other cloud is known
   */
  public Optional<RecallLine> recalls() {
    return recalls;
  }

  /** Where is written down from now on what other clouds ask. */
  public void trail(Function<AuditRecord, CompletionStage<Void>> writing) {
    trail = writing;
  }

  @Override
  public String name() {
    return "exchange";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var system = context.system();
    var models = readSide.get();
    var settings = ExchangeSettings.from(system.settings().config());
    var lists =
        new Lists(
            models.views(), HttpSettings.from(system.settings().config()).consistencyTimeout());
    var ledger = new LedgerFeature(context, settings, models.history(), replication);
    Supplier<String> nonces = this::digits;
    var crossing = ledger.key().flatMap(key -> Crossing.open(context, settings, key, nonces));
    recalls = crossing.map(Crossing::recalls);
    var desks = ledger.key().map(key -> desks(context, settings, ledger, key, crossing));
    desks.ifPresent(
        all -> {
          crossing.ifPresent(
              one ->
                  one.open(
                      clouds -> new CloudDesk(all.gateway(), all.batches(), all.files(), clouds),
                      record -> trail.apply(record)));
          deliver(context, all);
        });
    var deferral = desks.map(Desks::deferral);
    var callbacks = desks.map(Desks::callbacks);
    new ExchangeRoutes(desks.map(Desks::gateway), deferral, callbacks, lists, models.exchanges())
        .register(routes);
    new DeferredRoutes(deferral).register(routes);
    new SubscriptionRoutes(
            desks.map(Desks::subscriptions), callbacks, settings.deferredTerm(), context.clock())
        .register(routes);
    new CallbackRoutes(callbacks).register(routes);
    new WholeRoutes(desks.map(Desks::batches), desks.map(Desks::files)).register(routes);
    new RecordRoutes(context.entities(), models.history(), context.system()).register(routes);
    new WhatIfRoutes(new Agreements(context.entities()), models.exchanges(), context.clock())
        .register(routes);
    new CloudRoutes(crossing, new Agreements(context.entities()), nonces, context.clock())
        .register(routes);
    ledger.routes(routes);
  }

  private static String keyspace(NodeContext context) {
    return context.journal().cassandra().keyspace();
  }

  /** Those who let data out, where there is a ledger to record it in. */
  private record Desks(
      Gateway gateway,
      Deferral deferral,
      Subscriptions subscriptions,
      Callbacks callbacks,
      WholeBatches batches,
      WholeFiles files) {}

  private Desks desks(
      NodeContext context,
      ExchangeSettings settings,
      LedgerFeature ledger,
      LedgerKey key,
      Optional<Crossing> crossing) {
    var models = readSide.get();
    var records = records(context, models, ledger);
    var cases = new SealedCases(context.personal(), context.catalogue());
    var provider = new CaseProvider(context.entities(), models.cases(), cases, context.clock());
    var near = new NearSource(providers(context, settings, key, provider), key::hashKey);
    var gateway = gateway(context, cases, near, settings, records, crossing);
    var deferral = deferral(context, settings, key, gateway, records);
    var subscriptions =
        new Subscriptions(
            gateway,
            provider,
            records,
            new SubscriptionTable(context.cassandra(), keyspace(context)),
            key,
            this::digits,
            settings.deferredKept(),
            context.clock());
    var far = crossing.map(Crossing::streams);
    var gate =
        new WholeGate(
            gateway,
            records,
            (agreed, mode) ->
                agreed.cloud().isEmpty() || far.filter(one -> one.reach(agreed, mode)).isPresent(),
            this::digits);
    var whole = whole(context, settings, provider);
    return new Desks(
        gateway,
        deferral,
        subscriptions,
        callbacks(context, settings, key, deferral, subscriptions),
        new WholeBatches(context.system(), gate, whole, far),
        new WholeFiles(gate, whole, new FileDigests(context.system()), far));
  }

  /** Each kind of provider in its way. */
  private Provider providers(
      NodeContext context, ExchangeSettings settings, LedgerKey key, CaseProvider cases) {
    var signer =
        new RequestSigner(key.callbackKey(context.settings().cloud()), random, context.clock());
    var services =
        new HttpProvider(
            settings.providers(), signer, this::digits, context.system(), context.clock());
    return (agreed, subject, until) ->
        agreed.resource().provider().kind() == Kind.HTTP
            ? services.records(agreed, subject, until)
            : cases.records(agreed, subject, until);
  }

  private static Deferral deferral(
      NodeContext context,
      ExchangeSettings settings,
      LedgerKey key,
      Gateway gateway,
      Records records) {
    return new Deferral(
        gateway,
        records,
        new DeferredTable(context.cassandra(), keyspace(context)),
        key,
        settings.deferredTerm(),
        settings.deferredKept(),
        settings.deferredMost(),
        context.clock());
  }

  private static WholeProvider whole(
      NodeContext context, ExchangeSettings settings, CaseProvider provider) {
    var attachments = Attachments.of(context.archive(), blobs -> blobs, context.system());
    return new WholeProvider(context.system(), provider, attachments, settings.providerTimeout());
  }

  /** One node of the cloud delivers; when it dies another one goes on. */
  private static void deliver(NodeContext context, Desks desks) {
    ClusterSingleton.get(context.system())
        .init(
            SingletonActor.of(
                DeadlineSweeper.create(List.of(desks.deferral()::deliver), DELIVERY),
                "deferred-queries"));
    ClusterSingleton.get(context.system())
        .init(
            SingletonActor.of(
                DeadlineSweeper.create(List.of(desks.callbacks()::deliver), DELIVERY),
                "callbacks"));
  }

  private Callbacks callbacks(
      NodeContext context,
      ExchangeSettings settings,
      LedgerKey key,
      Deferral deferral,
      Subscriptions subscriptions) {
    var how = settings.callbacks();
    return new Callbacks(
        new CallbackTable(context.cassandra(), keyspace(context)),
        new CallbackLine(
            how.tls(),
            Set.copyOf(how.privateHosts()),
            how.timeout(),
            key.callbackKey(context.settings().cloud()),
            random,
            context.clock()),
        deferral,
        subscriptions,
        new RecallTold(context.entities()),
        context.system().dispatchers().lookup(DispatcherSelector.blocking()),
        settings.deferredTerm(),
        settings.deferredKept(),
        context.clock());
  }

  private String digits() {
    var bytes = new byte[LIFE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Records records(NodeContext context, ReadSide models, LedgerFeature ledger) {
    var key = ledger.key().orElseThrow();
    var desk =
        new LedgerDesk(
            context.entities(),
            models.history(),
            context.system(),
            key,
            ledger.shelf().orElseThrow(),
            digits(),
            ledger::begun);
    return new Records(context.entities(), desk, key, random, context.journal().slices()::sliceOf);
  }

  private static Gateway gateway(
      NodeContext context,
      SealedCases cases,
      NearSource near,
      ExchangeSettings settings,
      Records records,
      Optional<Crossing> crossing) {
    var tenants = new ActiveTenants(context.entities());
    var shared = new SharedTerms(new Agreements(context.entities()), tenants);
    return new Gateway(
        context.entities(),
        cases,
        crossing.map(one -> one.with(shared, tenants)).orElse(shared),
        crossing.<Source>map(one -> one.beside(near)).orElse(near),
        new Quota(new QuotaTable(context.cassandra(), keyspace(context))),
        records,
        settings.providerTimeout(),
        context.clock());
  }
}
