package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import java.time.Duration;

/** Why the gateway refuses what the gate itself would let through. */
final class GateRefusals {

  private GateRefusals() {}

  static Refusal otherTerms(Message.Far said, Agreed agreed) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_CLOUD_TERMS_OTHER,
        "address: " + said.address() + " (expected: " + agreed.address() + ")");
  }

  static Refusal reused(String what) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_MESSAGE_REUSED,
        "message: " + what + " (expected: an id of its own for each)");
  }

  /** What was refused before, for the same reason. */
  static Refusal before(ExchangeRecord record) {
    return ExchangeRefusal.of(record.code())
        .map(code -> Refusal.of(code, "message: refused before (expected: another one)"))
        .orElseGet(() -> reused("refused before"));
  }

  static Refusal usedUp(long limit) {
    return Refusal.of(
            ExchangeRefusal.EXCHANGE_QUOTA_USED,
            "records today: more than " + limit + " (expected: at most that)")
        .with("retry_after", "3600");
  }

  /** A provider that gives no answer, or is not asked because it gave none before. */
  static Refusal away(String provider, Duration patience, Throwable failure) {
    if (failure instanceof ProviderPausedException paused) {
      return Refusal.of(
              ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
              "provider: %s is not asked now (expected: in %s s)"
                  .formatted(provider, paused.retryAfter()))
          .with("retry_after", paused.retryAfter());
    }
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
        "provider: %s does not answer (expected: within %d ms)"
            .formatted(provider, patience.toMillis()));
  }
}
