package govcloud.journal.simulation;

import java.util.List;

/**
 * What happens to one request.
 *
 * @param acts when it takes effect, in milliseconds after it was made: never, once or twice
 * @param lasts for how long a plain read of several rows looks at them
 * @param answer when an answer comes back after that; negative: never
 */
public record Fate(List<Long> acts, long lasts, long answer) {

  /** Acts and is answered at once. */
  public static final Fate FINE = new Fate(List.of(1L), 0, 1);

  /** Never acts. */
  public static final Fate LOST = new Fate(List.of(), 0, -1);

  /** Acts, but the answer is lost. */
  public static final Fate UNANSWERED = new Fate(List.of(1L), 0, -1);

  /** Acts after so many milliseconds, without an answer. */
  public static Fate late(long millis) {
    return new Fate(List.of(millis), 0, -1);
  }
}
