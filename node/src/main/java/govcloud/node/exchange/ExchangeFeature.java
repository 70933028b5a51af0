package govcloud.node.exchange;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.casework.CaseTable;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.projection.Views;
import govcloud.node.sharing.Agreements;
import govcloud.node.tenant.ActiveTenants;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** Queries between departments, and the ledger in which they are recorded. */
public final class ExchangeFeature implements NodeFeature {

  private static final int LIFE_BYTES = 16;

  /** What it reads of what others keep. */
  public record ReadSide(
      Views views, EntityHistory history, ExchangeTable exchanges, CaseTable cases) {}

  private final SecureRandom random;
  private final Supplier<ReadSide> readSide;

  /**
   * Nothing exchanged yet.
   *
   * @param readSide asked once, after all features have started
   */
  public ExchangeFeature(SecureRandom random, Supplier<ReadSide> readSide) {
    this.random = random;
    this.readSide = readSide;
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
    var key = settings.ledgerKey().map(LedgerKey::read);
    var shelf = key.map(known -> shelf(context, models, settings, known));
    var gateway = key.map(known -> gateway(context, models, settings, known, shelf.orElseThrow()));
    new ExchangeRoutes(gateway, lists, models.exchanges()).register(routes);
    new LedgerRoutes(
            shelf,
            key.map(LedgerKey::text).orElse(""),
            system.dispatchers().lookup(DispatcherSelector.blocking()))
        .register(routes);
  }

  private static LedgerShelf shelf(
      NodeContext context, ReadSide models, ExchangeSettings settings, LedgerKey key) {
    var system = context.system();
    var shelf =
        LedgerShelf.open(
            system,
            context.entities(),
            models.history(),
            key,
            settings.ledgerFolder().orElseThrow());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            settings.checkpointInterval(),
            settings.checkpointInterval(),
            shelf::catchUp,
            system.executionContext());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close-ledger",
            () -> {
              shelf.close();
              return java.util.concurrent.CompletableFuture.completedStage(Done.getInstance());
            });
    return shelf;
  }

  private Gateway gateway(
      NodeContext context,
      ReadSide models,
      ExchangeSettings settings,
      LedgerKey key,
      LedgerShelf shelf) {
    var life = new byte[LIFE_BYTES];
    random.nextBytes(life);
    var desk =
        new LedgerDesk(
            context.entities(),
            models.history(),
            context.system(),
            key,
            shelf,
            HexFormat.of().formatHex(life));
    return new Gateway(
        context.entities(),
        new SharedTerms(new Agreements(context.entities()), new ActiveTenants(context.entities())),
        new CaseProvider(context.entities(), models.cases()),
        new Quota(context.cassandra(), context.journal().cassandra().keyspace()),
        new Records(context.entities(), desk, key, random),
        key::hashKey,
        settings.providerTimeout(),
        context.clock());
  }
}
