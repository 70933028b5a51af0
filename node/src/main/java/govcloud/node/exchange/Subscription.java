package govcloud.node.exchange;

import java.time.Instant;

/**
 * What a department wants to be told of as it changes.
 *
 * @param consumer the department that subscribes
 * @param id 32 hexadecimal digits
 * @param person who subscribed, and alone is told
 * @param provider the department whose cases are followed
 * @param app its app that has them
 * @param createdAt changes before are not told
 * @param until when it ends by itself
 * @param ended whether it was ended before that
 * @param acknowledged number of the last change of which the consumer said that it has it; 0: none
 * @param query what was subscribed to, and because of which case, sealed
 */
record Subscription(
    String consumer,
    String id,
    String agreement,
    String person,
    String provider,
    String app,
    Instant createdAt,
    Instant until,
    boolean ended,
    long acknowledged,
    String query) {

  /** Whether anything is told at a moment. */
  boolean isActiveAt(Instant now) {
    return !ended && now.isBefore(until);
  }
}
