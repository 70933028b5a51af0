package govcloud.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one accepted command left behind: one journal record.
 *
 * @param at when it was accepted
 * @param actor who asked
 * @param idempotencyKey the caller's key, or an empty string
 * @param requestHash lower-case hexadecimal SHA-256 of the request, or an empty string
 * @param events what happened, in order; never empty
 */
public record Commit<E>(
    Instant at, Actor actor, String idempotencyKey, String requestHash, List<E> events) {
  public Commit {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    Objects.requireNonNull(requestHash, "requestHash");
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events: none (expected: at least one)");
    }
  }
}
