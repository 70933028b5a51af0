package govcloud.node.exchange;

import java.time.Instant;

/**
 * Where a department wants to be told.
 *
 * @param address begins with {@code https://}
 * @param declaredBy the administrator
 */
record Callback(String consumer, String address, String declaredBy, Instant declaredAt) {

  /** What is told. */
  enum Kind {
    /** What became of a query whose provider was away. */
    DEFERRED,
    /** Changes to which the department has subscribed. */
    CHANGES,
    /** Wrong values that the department has received. */
    RECALL
  }

  /**
   * What is to be told.
   *
   * @param id of the deferred query, of the subscription, or provider and id of the recall
   * @param since when it was entered, or when it first could not be told again
   * @param attempts how often it was tried in vain since then
   * @param nextAt when it is tried again
   */
  record Delivery(
      String consumer, Kind kind, String id, Instant since, int attempts, Instant nextAt) {

    Delivery again(Instant at) {
      return new Delivery(consumer, kind, id, since, attempts + 1, at);
    }

    Delivery afresh(Instant now) {
      return new Delivery(consumer, kind, id, now, 0, now);
    }
  }
}
