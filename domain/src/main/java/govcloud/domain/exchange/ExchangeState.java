package govcloud.domain.exchange;

import java.util.Optional;

/** What is known of an exchange; nothing before it is recorded. */
public record ExchangeState(Optional<ExchangeRecord> record) {

  /** Nothing yet. */
  public static final ExchangeState NONE = new ExchangeState(Optional.empty());
}
