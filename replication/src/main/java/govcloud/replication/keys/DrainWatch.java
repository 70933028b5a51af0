package govcloud.replication.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * What one process knows of a drain of its site, and since when it knows it: others may have seen
 * it later, and what was under way then has to end before anybody may say that the site accepts
 * nothing more. For several threads.
 */
public final class DrainWatch {
  private record Seen(Instant since, long at) {}

  private final long settling;
  private volatile Optional<Seen> seen = Optional.empty();

  /**
   * Nothing is seen yet.
   *
   * @param settling longer than everybody needs to see it and to end what was under way, in the
   *     unit of the moments below
   */
  public DrainWatch(long settling) {
    this.settling = settling;
  }

  /**
   * Takes in how it is now.
   *
   * @param since since when the site is drained, as {@link SiteDrain} says; empty: it is not
   * @param now of a clock of this process that only goes forward
   * @return whether that is new
   */
  public synchronized boolean look(Optional<Instant> since, long now) {
    if (since.equals(since())) {
      return false;
    }
    seen = since.map(from -> new Seen(from, now));
    return true;
  }

  /** Since when nothing is accepted; empty: it is accepted, as far as this process knows. */
  public Optional<Instant> since() {
    return seen.map(Seen::since);
  }

  /** The same as soon as nobody accepts any more, and nothing is on its way to the log. */
  public Optional<Instant> settled(long now) {
    return seen.filter(known -> now - known.at() >= settling).map(Seen::since);
  }
}
