package govcloud.replication.simulation;

import govcloud.replication.statement.StatementKind;

/** One history: trouble, healing, and a look at what is left. */
final class History {
  private static final long STEP = 50;
  private static final long LONGEST = 20_000;

  private final World world;

  History(long seed, boolean tracing) {
    world = new World(seed, tracing);
    new Trouble(world).start();
  }

  /** Plays it; throws {@link Violation}. */
  void play() {
    try {
      playOut();
    } finally {
      world.checkpoints.delete();
    }
  }

  private void playOut() {
    world.time.pass(World.TROUBLE);
    for (int slice = 0; slice < World.SLICES; slice++) {
      world.grow(slice);
    }
    while (!world.checker.isAllThere()) {
      if (world.time.now() > LONGEST) {
        throw new Violation("not everything arrives after everything was healed");
      }
      world.time.pass(STEP);
    }
    world.checker.end();
    world.tally.countHistory(
        world.time.now(),
        Checker.count(world.away, StatementKind.SEGMENT),
        Checker.count(world.away, StatementKind.MANIFEST),
        world.logs.stream().mapToLong(java.util.List::size).sum());
    world.tally.countProofs(
        Checker.count(world.home, StatementKind.COUNTERSIGNATURE), world.checker.promises());
  }

  Tally tally() {
    return world.tally;
  }

  String trace() {
    return world.trace();
  }
}
