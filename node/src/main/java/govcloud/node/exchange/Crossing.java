package govcloud.node.exchange;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.tenant.TenantState;
import govcloud.exchange.gate.Agreed;
import govcloud.node.NodeContext;
import govcloud.node.exchange.crossing.AdoptedAgreements;
import govcloud.node.exchange.crossing.CloudDoor;
import govcloud.node.exchange.crossing.CloudLink;
import govcloud.node.exchange.crossing.Inspection;
import govcloud.node.exchange.crossing.KnownClouds;
import govcloud.node.seen.CassandraSeenMessages;
import govcloud.node.tenant.ActiveTenants;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * This cloud's exchange with others.
 *
 * @param adopted what departments of this cloud may ask of others
 * @param source what others give
 * @param nonces random digits
 */
record Crossing(
    NodeContext context,
    ExchangeSettings settings,
    KnownClouds clouds,
    Inspection inspection,
    AdoptedAgreements adopted,
    Source source,
    Supplier<String> nonces) {

  private static final Duration LOOK = Duration.ofSeconds(2);

  /**
   * Reads which clouds and agreements there are; none: no other cloud is known.
   *
   * @throws IllegalArgumentException when something is missing, beginning with the setting's name
   */
  static Optional<Crossing> open(
      NodeContext context, ExchangeSettings settings, Supplier<String> nonces) {
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
    var link =
        new CloudLink(context.system(), clouds, inspection, settings.providerTimeout(), clock);
    var adopted = new AdoptedAgreements(settings.clouds().agreementsFolder(), inspection);
    adopted.look();
    context
        .system()
        .scheduler()
        .scheduleWithFixedDelay(
            LOOK,
            LOOK,
            adopted::look,
            context.system().dispatchers().lookup(DispatcherSelector.blocking()));
    return Optional.of(
        new Crossing(
            context,
            settings,
            clouds,
            inspection,
            adopted,
            new FarSource(clouds, link, nonces, clock),
            nonces));
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

  /** Lets other clouds in. */
  void open(Gateway gateway, Function<AuditRecord, CompletionStage<Void>> trail) {
    var seen =
        new CassandraSeenMessages(context.cassandra(), context.journal().cassandra().keyspace());
    var address =
        new CloudDoor(
                context.system(),
                clouds,
                inspection,
                seen,
                new CloudDesk(gateway, clouds)::answer,
                trail,
                nonces,
                context.clock())
            .open(settings.clouds().host(), settings.clouds().port())
            .toCompletableFuture()
            .join()
            .localAddress();
    context.system().log().info("exchange: queries of other clouds are taken in at {}", address);
  }
}
