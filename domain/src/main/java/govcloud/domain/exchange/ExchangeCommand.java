package govcloud.domain.exchange;

/** What may be asked of an exchange. */
public sealed interface ExchangeCommand {

  /** Keeps what became of it. */
  record Keep(ExchangeRecord record) implements ExchangeCommand {}
}
