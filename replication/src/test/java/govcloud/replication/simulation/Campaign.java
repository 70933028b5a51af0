package govcloud.replication.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Plays consecutive seeds on two threads, each history on one of them. */
final class Campaign {

  private static final int THREADS = 2;
  private static final int MOST_VIOLATIONS = 5;

  private final AtomicLong next;
  private final long end;
  private final Tally total = new Tally();
  private final List<String> violations = new ArrayList<>();

  Campaign(long first, long seeds) {
    this.next = new AtomicLong(first);
    this.end = first + seeds;
  }

  void run() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::play, "simulation-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        next.set(end);
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void play() {
    Player simulation = PatchedCore.simulation();
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      if (!simulation.play(seed).isEmpty()) {
        violated(seed);
      }
    }
    total.add(simulation.total());
  }

  /** Played once more, for its trace. */
  private void violated(long seed) {
    String history = Simulation.replay(seed);
    synchronized (violations) {
      violations.add(history);
      if (violations.size() >= MOST_VIOLATIONS) {
        next.set(end);
      }
    }
  }

  /** What happened in all histories without violation. */
  Tally total() {
    return total;
  }

  /** The seeds that went wrong, at most a few, each with the end of its history. */
  List<String> violations() {
    return violations;
  }
}
