package govcloud.recovery.plan;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.DisasterClass;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a recovery means for one tenant.
 *
 * @param tenant whose; empty: the cloud's own
 * @param name in both languages; the tenant's identifier where none is known
 * @param disasterClass decides the order
 * @param entities that it has at the end of the archive
 * @param records of them
 * @param afterCut records behind the cut
 * @param lastRecordAt time of the last record that the sibling has
 * @param lostEvents events in those, by aggregate and kind, such as {@code case.ActionTaken}: lost
 *     where only the cut is restored
 */
public record TenantPlan(
    String tenant,
    LocalText name,
    DisasterClass disasterClass,
    long entities,
    long records,
    long afterCut,
    Instant lastRecordAt,
    SortedMap<String, Long> lostEvents) {

  /** Keeps a copy. */
  public TenantPlan {
    lostEvents = new TreeMap<>(lostEvents);
  }

  /** What happened behind the cut, in words. */
  public LocalText lostInWords() {
    return EventWords.of(lostEvents);
  }

  /** All events behind the cut. */
  public long lost() {
    return lostEvents.values().stream().mapToLong(Long::longValue).sum();
  }
}
