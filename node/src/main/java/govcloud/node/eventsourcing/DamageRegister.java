package govcloud.node.eventsourcing;

import govcloud.node.eventsourcing.DamagedEntities.DamagedEntity;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The damaged entities that this node has met. Thread-safe. */
public final class DamageRegister {

  private final String node;
  private final Clock clock;
  private final Map<String, DamagedEntity> damaged = new ConcurrentHashMap<>();
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();

  public DamageRegister(String node, Clock clock) {
    this.node = node;
    this.clock = clock;
  }

  /** Those that are damaged now, by entity id. */
  public List<DamagedEntity> all() {
    return damaged.values().stream().sorted(Comparator.comparing(DamagedEntity::entityId)).toList();
  }

  /** Whether the next start must not trust a snapshot. */
  boolean isSuspect(String entityId) {
    return suspects.contains(entityId);
  }

  void suspect(String entityId) {
    suspects.add(entityId);
  }

  void damaged(String entityId, JournalSeam.Damage finding) {
    damaged.merge(
        entityId,
        new DamagedEntity(entityId, finding.sequence(), finding.message(), node, clock.instant()),
        (before, now) ->
            new DamagedEntity(entityId, now.sequence(), now.message(), node, before.since()));
  }

  void healthy(String entityId) {
    suspects.remove(entityId);
    damaged.remove(entityId);
  }
}
