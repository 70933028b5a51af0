package govcloud.domain.subject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data subject as far as holds and erasures go. Whose data they are is not known here.
 *
 * @param holds those that have not ended, by name, in the order in which they were set
 * @param erasures in the order in which they happened
 */
public record SubjectState(Map<String, Hold> holds, List<Erasure> erasures) {

  /** Why data are kept. */
  public record Hold(String reason, String person, Instant at) {}

  /**
   * What was erased.
   *
   * @param key name of the key that is destroyed
   * @param operation in which two people signed it
   */
  public record Erasure(String key, LegalBasis basis, String operation, Instant at) {}

  /** Nothing has happened. */
  public static final SubjectState NONE = new SubjectState(Map.of(), List.of());

  /** Keeps the order. */
  public SubjectState {
    holds = Collections.unmodifiableMap(new LinkedHashMap<>(holds));
    erasures = List.copyOf(erasures);
  }

  /** Whether the data may not be erased. */
  public boolean isHeld() {
    return !holds.isEmpty();
  }

  boolean isErased(String key) {
    return erasures.stream().anyMatch(one -> one.key().equals(key));
  }

  /** The same after {@code event}; accepts every event in every state. */
  SubjectState after(SubjectEvent event) {
    var held = new LinkedHashMap<>(holds);
    if (event instanceof SubjectEvent.Held e) {
      held.put(e.hold(), new Hold(e.reason(), e.person(), e.at()));
      return new SubjectState(held, erasures);
    } else if (event instanceof SubjectEvent.Released e) {
      held.remove(e.hold());
      return new SubjectState(held, erasures);
    } else if (event instanceof SubjectEvent.Erased e) {
      var all = new ArrayList<>(erasures);
      all.add(new Erasure(e.key(), e.basis(), e.operation(), e.at()));
      return new SubjectState(holds, all);
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
