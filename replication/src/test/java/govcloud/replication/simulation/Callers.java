package govcloud.replication.simulation;

import govcloud.replication.shipping.ReceiptWaits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits at one run of a home node until the sibling has a change: zero loss. */
final class Callers {
  private static final long LIMIT = 300;

  private final World world;
  private final Life life;
  private final ReceiptWaits waits = new ReceiptWaits();
  private final long[] known = new long[World.SLICES];
  private final List<Caller> waiting = new ArrayList<>();

  private record Caller(int slice, long offset, CompletableFuture<Void> receipt) {}

  Callers(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  void await(int slice, long offset) {
    Caller caller = new Caller(slice, offset, waits.at(slice, offset));
    waiting.add(caller);
    told(slice, known[slice]);
    world.time.after(LIMIT, () -> giveUp(caller));
  }

  /** The caller hears that nobody knows. */
  private void giveUp(Caller caller) {
    if (!life.isOver() && waiting.remove(caller)) {
      world.tally.count(Fault.CALLER_LEFT_WAITING);
    }
  }

  /** Takes in how far the sibling has a slice; older news change nothing. */
  void told(int slice, long receiptedOffset) {
    known[slice] = Math.max(known[slice], receiptedOffset);
    waits.receipted(slice, known[slice]);
    for (Caller caller : List.copyOf(waiting)) {
      if (caller.receipt().isDone()) {
        waiting.remove(caller);
        world.checker.promised(caller.slice(), caller.offset());
      }
    }
  }
}
