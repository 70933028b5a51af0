package govcloud.domain.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place from which people sign in.
 *
 * @param refused hashes of the names that were refused lately and not let in since, and when
 * @param closedUntil until when nobody is heard from here; empty: it was never closed
 */
public record SourceState(Map<String, Instant> refused, Optional<Instant> closedUntil) {

  /** What is older is forgotten. */
  public static final Duration WINDOW = Duration.ofHours(1);

  /** So many names are remembered; more make no difference. */
  static final int MOST_NAMES = 64;

  /** Nobody was refused. */
  public static final SourceState CLEAN = new SourceState(Map.of(), Optional.empty());

  public SourceState {
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /** For how long nobody is heard; empty: somebody is. */
  public Optional<Duration> closedFor(Instant now) {
    return closedUntil.filter(now::isBefore).map(until -> Duration.between(now, until));
  }

  /** Whether the name was refused here lately. */
  public boolean knows(String account) {
    return refused.containsKey(account);
  }

  /** How many different names count at a moment, this one among them. */
  int namesWith(String account, Instant now) {
    var since = now.minus(WINDOW);
    var others =
        refused.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(account) && entry.getValue().isAfter(since))
            .count();
    return (int) others + 1;
  }

  SourceState after(SourceEvent event) {
    if (event instanceof SourceEvent.Refused e) {
      var names = new LinkedHashMap<>(refused);
      names.remove(e.account());
      var since = e.at().minus(WINDOW);
      names.values().removeIf(at -> !at.isAfter(since));
      if (names.size() >= MOST_NAMES) {
        names.remove(names.keySet().iterator().next());
      }
      names.put(e.account(), e.at());
      return new SourceState(names, e.closedUntil().or(() -> closedUntil));
    } else if (event instanceof SourceEvent.LetIn e) {
      var names = new LinkedHashMap<>(refused);
      names.remove(e.account());
      return new SourceState(names, closedUntil);
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
