package govcloud.recovery.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When each part of a drill was through, measured from its beginning. */
public final class Measures {
  /** The parts, in their order. */
  public enum Part {
    /** An empty Cassandra answers. */
    CASSANDRA,
    /** Every row is written. */
    RESTORE,
    /** Every row was compared and every entity replayed. */
    PROVE,
    /** A node takes requests. */
    NODE,
    /** Lists show everything. */
    VIEWS,
    /** Everything was tried in every department. */
    SMOKE,
    /** What was behind the cut is counted; not a part of a recovery. */
    COUNT
  }

  private final Instant began;
  private final Map<Part, Instant> ends = new LinkedHashMap<>();

  /** Begins to measure. */
  public Measures(Instant began) {
    this.began = began;
  }

  /** When it began. */
  public Instant began() {
    return began;
  }

  /** A part is through. */
  public void end(Part part, Instant at) {
    ends.put(part, at);
  }

  /** When a part was through. */
  public Optional<Instant> end(Part part) {
    return Optional.ofNullable(ends.get(part));
  }

  /** How long each part took, in their order. */
  public Map<Part, Duration> parts() {
    Map<Part, Duration> parts = new LinkedHashMap<>();
    Instant before = began;
    for (Map.Entry<Part, Instant> end : ends.entrySet()) {
      parts.put(end.getKey(), Duration.between(before, end.getValue()));
      before = end.getValue();
    }
    return parts;
  }

  /** Seconds from the beginning to a moment. */
  public double seconds(Instant at) {
    return Duration.between(began, at).toMillis() / 1000.0;
  }
}
