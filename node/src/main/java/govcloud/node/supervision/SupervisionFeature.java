package govcloud.node.supervision;

import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Secret;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.account.AccountTable;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.deferral.NoticeDeferralTable;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.http.Door;
import govcloud.node.http.Routes;
import govcloud.node.identity.PageGuests;
import govcloud.node.recall.RecallTable;
import govcloud.node.sharing.AgreementTable;
import java.util.function.Supplier;

/** Supervision of what departments share. */
public final class SupervisionFeature implements NodeFeature {

  /** What it reads of what others keep. */
  public record ReadSide(
      ExchangeTable exchanges,
      AgreementTable agreements,
      RecallTable recalls,
      NoticeDeferralTable deferrals,
      CorrectionTable corrections,
      AccountTable accounts) {}

  private final Supplier<ReadSide> readSide;
  private final Supplier<Door> door;

  /**
   * Nobody has looked yet.
   *
   * @param readSide asked once, after all features have started
   * @param door of the API; there once the routes are
   */
  public SupervisionFeature(Supplier<ReadSide> readSide, Supplier<Door> door) {
    this.readSide = readSide;
    this.door = door;
  }

  @Override
  public String name() {
    return "supervision";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var models = readSide.get();
    new SupervisionRoutes(
            new Supervision(
                models.exchanges(),
                models.agreements(),
                models.recalls(),
                models.deferrals(),
                models.corrections(),
                new Workers(
                    models.accounts()::proved,
                    account ->
                        context
                            .entities()
                            .<AccountState>read("account/" + account)
                            .thenApply(answer -> answer.state().citizen().map(Secret::value)),
                    models.exchanges()::listsOf),
                context.clock()),
            new PageGuests(door, context.system()))
        .register(routes);
  }
}
