package govcloud.node.exchange;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.casework.CaseTable;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.projection.Views;
import govcloud.node.replication.ReplicationFeature;
import govcloud.node.sharing.Agreements;
import govcloud.node.tenant.ActiveTenants;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Queries between departments, and the ledger in which they are recorded. */
public final class ExchangeFeature implements NodeFeature {

  private static final int LIFE_BYTES = 16;

  /** What it reads of what others keep. */
  public record ReadSide(
      Views views, EntityHistory history, ExchangeTable exchanges, CaseTable cases) {}

  private final SecureRandom random;
  private final Supplier<ReadSide> readSide;
  private final ReplicationFeature replication;

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
    var gateway = ledger.key().map(key -> gateway(context, models, settings, ledger));
    new ExchangeRoutes(gateway, lists, models.exchanges()).register(routes);
    new WhatIfRoutes(new Agreements(context.entities()), models.exchanges(), context.clock())
        .register(routes);
    ledger.routes(routes);
  }

  private Gateway gateway(
      NodeContext context, ReadSide models, ExchangeSettings settings, LedgerFeature ledger) {
    var key = ledger.key().orElseThrow();
    var life = new byte[LIFE_BYTES];
    random.nextBytes(life);
    var desk =
        new LedgerDesk(
            context.entities(),
            models.history(),
            context.system(),
            key,
            ledger.shelf().orElseThrow(),
            HexFormat.of().formatHex(life),
            ledger::begun);
    return new Gateway(
        context.entities(),
        new SharedTerms(new Agreements(context.entities()), new ActiveTenants(context.entities())),
        new CaseProvider(context.entities(), models.cases(), context.clock()),
        new Quota(new QuotaTable(context.cassandra(), context.journal().cassandra().keyspace())),
        new Records(context.entities(), desk, key, random, context.journal().slices()::sliceOf),
        key::hashKey,
        settings.providerTimeout(),
        context.clock());
  }
}
