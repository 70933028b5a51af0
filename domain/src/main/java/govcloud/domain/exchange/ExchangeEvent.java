package govcloud.domain.exchange;

import java.time.Instant;

/** What happened to an exchange. */
public sealed interface ExchangeEvent {

  /** When. */
  Instant at();

  /** It is recorded in the ledger, and this is kept of it. */
  record Kept(ExchangeRecord record, Instant at) implements ExchangeEvent {}
}
