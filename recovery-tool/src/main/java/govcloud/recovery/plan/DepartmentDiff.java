package govcloud.recovery.plan;

import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What happened in a department between a moment and the last that the sibling has.
 *
 * @param changes entity by entity, what happened first comes first
 * @param lastRecordAt time of the department's last record since; empty: there is none
 */
public record DepartmentDiff(List<EntityChange> changes, Optional<Instant> lastRecordAt) {

  /** Keeps the list. */
  public DepartmentDiff {
    changes = List.copyOf(changes);
  }

  /** Entities that were not there at the moment. */
  public long newEntities() {
    return changes.stream().filter(EntityChange::isNew).count();
  }

  /** Records since the moment. */
  public long records() {
    return changes.stream().mapToLong(EntityChange::records).sum();
  }

  /** All of it in words. */
  public LocalText words() {
    Map<String, Long> all = new TreeMap<>();
    changes.forEach(
        change -> change.events().forEach((kind, count) -> all.merge(kind, count, Long::sum)));
    return EventWords.of(all);
  }
}
