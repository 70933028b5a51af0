package govcloud.recovery.plan;

import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of one entity after a moment.
 *
 * @param entity its id, such as {@code case/housing/permits/c-17}
 * @param isNew whether it was not there at the moment
 * @param records since then
 * @param events in those, by aggregate and kind, such as {@code case.ActionTaken}
 * @param first when the first was accepted
 * @param last when the last was
 * @param people who asked for them
 */
public record EntityChange(
    String entity,
    boolean isNew,
    long records,
    SortedMap<String, Long> events,
    Instant first,
    Instant last,
    SortedSet<String> people) {

  /** Keeps copies. */
  public EntityChange {
    events = new TreeMap<>(events);
    people = new TreeSet<>(people);
  }

  /** What happened, in words. */
  public LocalText words() {
    return EventWords.of(events);
  }
}
