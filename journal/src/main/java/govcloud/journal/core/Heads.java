package govcloud.journal.core;

import govcloud.journal.DamagedEntityException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The heads of entities as the host knows them. A head that is not known has to be read from the
 * entity's chunks before a record is accepted. Heads may be forgotten when all records are in
 * chunks, so memory is bounded.
 */
final class Heads {

  private final LinkedHashMap<String, Head> known;
  private final Map<String, Integer> pinned = new HashMap<>();
  private final Map<String, DamagedEntityException> damaged = new HashMap<>();

  /**
   * @param hasPending whether an entity has records in no chunk; its head is never forgotten
   */
  Heads(int remembered, Predicate<String> hasPending) {
    this.known =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Head> eldest) {
            String entity = eldest.getKey();
            return size() > remembered && !hasPending.test(entity) && !pinned.containsKey(entity);
          }
        };
  }

  /** The head, or null if it is not known. */
  Head of(String entityId) {
    return known.get(entityId);
  }

  /** Why the entity must not be written, or null. */
  DamagedEntityException damage(String entityId) {
    return damaged.get(entityId);
  }

  /** Learns a record of the log; false if it does not follow what is known. */
  boolean absorb(Entry entry) {
    Head head = known.get(entry.entityId());
    if (head != null && !entry.follows(head)) {
      damaged.putIfAbsent(
          entry.entityId(),
          new DamagedEntityException(
              entry.entityId(),
              entry.sequence(),
              "in the log, but does not follow sequence " + head.sequence()));
      return false;
    }
    known.put(entry.entityId(), entry.head());
    return !damaged.containsKey(entry.entityId());
  }

  /**
   * Learns a head from chunks, where none is known. What the log said counts more, also where that
   * is less: chunks may be a successor's already, of rows that this host has not seen yet.
   */
  void learn(String entityId, Head head) {
    known.putIfAbsent(entityId, head);
  }

  /**
   * Keeps what is learnt about the entity from now on, so that a slow read, which learns its head
   * as of now, does not count more. Each pin needs its unpin.
   */
  void pin(String entityId) {
    pinned.merge(entityId, 1, Integer::sum);
  }

  void unpin(String entityId) {
    pinned.computeIfPresent(entityId, (id, pins) -> pins == 1 ? null : pins - 1);
  }
}
