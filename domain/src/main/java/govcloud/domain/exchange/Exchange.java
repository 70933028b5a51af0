package govcloud.domain.exchange;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;

/**
 * One query to another department, by the id of its message: however often it is sent, and to
 * whichever node, one thing came of it.
 */
public final class Exchange implements Aggregate<ExchangeCommand, ExchangeEvent, ExchangeState> {

  @Override
  public String type() {
    return "exchange";
  }

  @Override
  public String status(ExchangeState state) {
    return state.record().map(record -> record.permit() ? "permitted" : "refused").orElse("none");
  }

  /** It has one record, and is mostly looked for when it has none yet. */
  @Override
  public boolean isShort() {
    return true;
  }

  @Override
  public ExchangeState initial() {
    return ExchangeState.NONE;
  }

  @Override
  public Decision<ExchangeEvent> decide(
      ExchangeState state, ExchangeCommand command, Context context) {
    if (command instanceof ExchangeCommand.Keep c) {
      if (!context.actor().role().equals(Actor.PLATFORM)) {
        return Decision.refuse(
            ExchangeRefusal.EXCHANGE_LEDGER_REFUSED,
            "role: " + context.actor().role() + " (expected: " + Actor.PLATFORM + ")");
      }
      return state
          .record()
          .map(kept -> again(kept, c.record()))
          .orElseGet(() -> Decision.accept(new ExchangeEvent.Kept(c.record(), context.now())));
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  /** The first one stays; the second caller is told of it. */
  private static Decision<ExchangeEvent> again(ExchangeRecord kept, ExchangeRecord other) {
    return kept.requestHash().equals(other.requestHash())
        ? Decision.accept()
        : Decision.refuse(
            ExchangeRefusal.EXCHANGE_MESSAGE_REUSED,
            "message: used for another query (expected: an id of its own for each)");
  }

  @Override
  public ExchangeState evolve(ExchangeState state, ExchangeEvent event) {
    if (event instanceof ExchangeEvent.Kept e) {
      return new ExchangeState(java.util.Optional.of(e.record()));
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
