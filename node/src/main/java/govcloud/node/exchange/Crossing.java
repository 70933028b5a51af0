package govcloud.node.exchange;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.tenant.TenantState;
import govcloud.exchange.gate.Agreed;
import govcloud.node.NodeContext;
import govcloud.node.exchange.crossing.AdoptedAgreements;
import govcloud.node.exchange.crossing.Bundles;
import govcloud.node.exchange.crossing.CloudDoor;
import govcloud.node.exchange.crossing.CloudLink;
import govcloud.node.exchange.crossing.CloudReception;
import govcloud.node.exchange.crossing.CloudStreams;
import govcloud.node.exchange.crossing.Inspection;
import govcloud.node.exchange.crossing.KnownClouds;
import govcloud.node.exchange.crossing.RecallLine;
import govcloud.node.metric.NodeMetrics;
import govcloud.node.reaction.DeadlineSweeper;
import govcloud.node.seen.CassandraSeenMessages;
import govcloud.node.tenant.ActiveTenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * This cloud's exchange with others.
 *
 * @param adopted what departments of this cloud may ask of others
 * @param bundles the exchange with those that are reached through gateways
 * @param source what others give
 * @param streams the same, of what is too large for one answer
 * @param recalls what is said of recalls
 * @param nonces random digits
 */
record Crossing(
    NodeContext context,
    ExchangeSettings settings,
    KnownClouds clouds,
    Inspection inspection,
    AdoptedAgreements adopted,
    Bundles bundles,
    FarSource source,
    FarStreams streams,
    RecallLine recalls,
    Supplier<String> nonces) {

  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration ROUND = Duration.ofSeconds(1);

  /**
   * Reads which clouds and agreements there are; none: no other cloud is known.
   *
   * @throws IllegalArgumentException when something is missing, beginning with the setting's name
   */
  static Optional<Crossing> open(
      NodeContext context, ExchangeSettings settings, LedgerKey key, Supplier<String> nonces) {
    if (settings.clouds().known().isEmpty()) {
      return Optional.empty();
    }
    var home =
        context
            .archive()
            .orElseThrow(
                () ->
                    ExchangeSettings.wrong(
                        "clouds.known",
                        "no keys of this cloud",
                        "govcloud.replication.keys-folder and archive-folder"));
    var clock = context.clock();
    var clouds = KnownClouds.open(settings.clouds(), home);
    var inspection = new Inspection(clouds, settings.clouds().clockBound(), clock);
    var patience = settings.providerTimeout();
    var link = new CloudLink(context.system(), clouds, inspection, patience, clock);
    var adopted = new AdoptedAgreements(settings.clouds().agreementsFolder(), inspection);
    adopted.look();
    var blocking = context.system().dispatchers().lookup(DispatcherSelector.blocking());
    context.system().scheduler().scheduleWithFixedDelay(LOOK, LOOK, adopted::look, blocking);
    var bundles = bundles(context, settings, clouds, key, nonces);
    var source = new FarSource(clouds, link, bundles, key::exchangeId, nonces, clock);
    var streams = new CloudStreams(context.system(), clouds, inspection);
    return Optional.of(
        new Crossing(
            context,
            settings,
            clouds,
            inspection,
            adopted,
            bundles,
            source,
            new FarStreams(clouds, streams, source, bundles, key::exchangeId),
            new RecallLine(clouds, link, nonces, patience, clock),
            nonces));
  }

  private static Bundles bundles(
      NodeContext context,
      ExchangeSettings settings,
      KnownClouds clouds,
      LedgerKey key,
      Supplier<String> nonces) {
    return new Bundles(
        new Bundles.Parts(
            clouds,
            new Inspection(clouds, settings.deferredTerm(), context.clock()),
            key.bundleKey(),
            key.crossingKey(),
            settings.deferredTerm().plus(settings.deferredKept()),
            settings.clouds().bundles(),
            nonces,
            context.clock()),
        context.cassandra(),
        context.journal().cassandra().keyspace(),
        context.system().dispatchers().lookup(DispatcherSelector.blocking()));
  }

  /** Agreements of this cloud, and behind them those of others. */
  AgreedTerms with(AgreedTerms own, ActiveTenants tenants) {
    return (consumer, agreement) ->
        own.find(consumer, agreement)
            .thenCompose(
                found ->
                    found.isPresent()
                        ? CompletableFuture.completedStage(found)
                        : adopted(consumer, agreement, tenants));
  }

  private CompletionStage<Optional<Agreed>> adopted(
      String consumer, String agreement, ActiveTenants tenants) {
    var found = adopted.find(consumer, agreement);
    if (found.isEmpty()) {
      return CompletableFuture.completedStage(found);
    }
    return tenants
        .look(consumer)
        .thenApply(
            state ->
                found.map(one -> one.as(agreement, state.status() == TenantState.Status.ACTIVE)));
  }

  /** Providers of this cloud, and others for what is theirs. */
  Source beside(Source near) {
    return (question, until) ->
        question.agreed().cloud().isPresent()
            ? source.ask(question, until)
            : near.ask(question, until);
  }

  /** Lets other clouds in, by the door and through gateways. */
  void open(
      Function<KnownClouds, CloudDesk> desks, Function<AuditRecord, CompletionStage<Void>> trail) {
    var system = context.system();
    var desk = desks.apply(clouds);
    var reception =
        new CloudReception(
            clouds,
            query -> RecallLine.isOne(query) ? recalls.answer(query) : desk.answer(query),
            trail,
            CloudMetrics.queries(NodeMetrics.get(system).meter()),
            nonces,
            context.clock());
    bundles.open(reception, desk, system);
    // One node of the cloud does it; when it dies another one goes on. Each of the other clouds has
    // its own, so that a long batch for one keeps nobody else waiting.
    bundles
        .rounds()
        .forEach(
            (cloud, round) ->
                ClusterSingleton.get(system)
                    .init(
                        SingletonActor.of(
                            DeadlineSweeper.create(List.of(round), ROUND),
                            "exchange-bundles-" + cloud)));
    if (clouds.hasCallers()) {
      door(reception, desk);
    }
  }

  private void door(CloudReception reception, CloudDoor.Streams streams) {
    var seen =
        new CassandraSeenMessages(context.cassandra(), context.journal().cassandra().keyspace());
    var way = new CloudReception.Way(inspection, seen, CloudLink.LARGEST_ANSWER);
    var address =
        new CloudDoor(
                context.system(),
                clouds,
                reception,
                streams,
                way,
                settings.clouds().queriesPerSecond(),
                System::nanoTime)
            .open(settings.clouds().host(), settings.clouds().port())
            .toCompletableFuture()
            .join()
            .localAddress();
    context.system().log().info("exchange: queries of other clouds are taken in at {}", address);
  }
}
