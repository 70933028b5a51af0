package govcloud.node.eventsourcing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything an entity knows, all of it rebuilt from its records.
 *
 * @param state what the aggregate made of its events
 * @param version number of records
 * @param headHash hexadecimal SHA-256 of the last record as stored; empty before the first
 * @param hybridClock of the last record
 * @param at when the last record was accepted; null before the first
 * @param receipts what recent idempotency keys led to, oldest first
 */
record EntityState<S>(
    S state, long version, String headHash, long hybridClock, Instant at, List<Receipt> receipts) {

  /** Keys that an entity remembers; an older one counts as new. */
  static final int REMEMBERED_KEYS = 64;

  /** What a request with an idempotency key led to. */
  record Receipt(String key, String requestHash, long version, String status, Instant at) {}

  static <S> EntityState<S> empty(S initial) {
    return new EntityState<>(initial, 0, "", 0, null, List.of());
  }

  Optional<Receipt> receiptFor(String key) {
    return key.isEmpty()
        ? Optional.empty()
        : receipts.stream().filter(receipt -> receipt.key().equals(key)).findFirst();
  }

  List<Receipt> receiptsWith(Receipt receipt) {
    if (receipt.key().isEmpty()) {
      return receipts;
    }
    var forgotten = receipts.size() < REMEMBERED_KEYS ? 0 : 1;
    var more = new ArrayList<>(receipts.subList(forgotten, receipts.size()));
    more.add(receipt);
    return List.copyOf(more);
  }
}
