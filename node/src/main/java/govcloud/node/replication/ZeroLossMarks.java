package govcloud.node.replication;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What this node did for changes of which nothing may be lost, counted since it started. */
public final class ZeroLossMarks {

  private final Clock clock;
  private final LongAdder receipted = new LongAdder();
  private final LongAdder unreplicated = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicReference<Instant> last = new AtomicReference<>();

  public ZeroLossMarks(Clock clock) {
    this.clock = clock;
  }

  /**
   * The counts of a node.
   *
   * @param receipted changes answered after the sibling's receipt
   * @param unreplicated changes answered as done although the sibling did not have them
   * @param late changes whose callers were told that the sibling does not have them yet
   * @param refused changes that were not carried out because the sibling is away
   * @param lastTrouble when one of the last three was last counted
   */
  public record Counts(
      long receipted, long unreplicated, long late, long refused, Optional<Instant> lastTrouble) {}

  /** The counts now. */
  public Counts counts() {
    return new Counts(
        receipted.sum(),
        unreplicated.sum(),
        late.sum(),
        refused.sum(),
        Optional.ofNullable(last.get()));
  }

  void receipted() {
    receipted.increment();
  }

  void unreplicated() {
    trouble(unreplicated);
  }

  void late() {
    trouble(late);
  }

  void refused() {
    trouble(refused);
  }

  private void trouble(LongAdder count) {
    count.increment();
    last.set(clock.instant());
  }
}
