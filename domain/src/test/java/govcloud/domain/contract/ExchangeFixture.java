package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.exchange.Exchange;
import govcloud.domain.exchange.ExchangeCommand;
import govcloud.domain.exchange.ExchangeEvent;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeState;
import java.util.List;
import java.util.Set;

/** A query that is sent again, and a message id that is used for another one. */
public final class ExchangeFixture
    implements AggregateFixture<ExchangeCommand, ExchangeEvent, ExchangeState> {

  /** What is kept of a query. */
  public static ExchangeRecord record(String requestHash, String code) {
    return new ExchangeRecord(
        "0123456789abcdef0123456789abcdef",
        "transport",
        "traffic-police",
        "violations-for-renewal",
        "traffic-violations",
        "机动车交通违法信息",
        "Traffic violations",
        "permits/c-1",
        "zhang-san",
        "clerk",
        "999999199001011234",
        code.isEmpty() ? List.of("place", "plate") : List.of(),
        code.isEmpty() ? List.of("plate") : List.of(),
        "annual check",
        "《道路交通安全法》",
        code,
        requestHash,
        "{}",
        "harbour+1+a",
        17,
        "AQIDBA==",
        "c2VjcmV0",
        false);
  }

  @Override
  public Exchange aggregate() {
    return new Exchange();
  }

  @Override
  public Class<ExchangeCommand> commandType() {
    return ExchangeCommand.class;
  }

  @Override
  public Class<ExchangeEvent> eventType() {
    return ExchangeEvent.class;
  }

  @Override
  public List<ExchangeCommand> commands() {
    return List.of(
        new ExchangeCommand.Keep(record("ab".repeat(32), "")),
        new ExchangeCommand.Keep(record("cd".repeat(32), "EXCHANGE_CASE_CLOSED")));
  }

  @Override
  public List<Actor> actors() {
    return List.of(Actor.platform(), new Actor("wang", Actor.OPERATOR));
  }

  @Override
  public Set<Class<? extends ExchangeCommand>> idempotent() {
    return Set.of(ExchangeCommand.Keep.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("none", "permitted", "refused");
  }
}
