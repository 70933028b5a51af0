package govcloud.journal.simulation;

/** One history: trouble, healing, quiet, and a look at what is left. */
final class History {

  private static final int READERS = 2;
  private static final long STEP = 100;
  private static final long LONGEST = 15_000;
  private static final long QUIET = 1_500;

  private final World world;
  private final Clients clients;
  private final Trouble trouble;

  History(long seed, boolean tracing) {
    world = new World(seed, tracing);
    trouble = new Trouble(world);
    clients = new Clients(world, trouble);
    for (int i = 0; i < READERS; i++) {
      world.readers.add(new Reader(world, world.nodes.get(i), i));
    }
    clients.start();
    trouble.start();
    world.readers.forEach(Reader::start);
  }

  /** Plays it; throws {@link Violation}. */
  void play() {
    world.time.pass(World.TROUBLE);
    while (!clients.finished()) {
      if (world.time.now() > LONGEST) {
        throw new Violation("a command never finished after everything was healed");
      }
      world.time.pass(STEP);
    }
    world.time.pass(QUIET);
    clients.requireStored();
    if (!trouble.closedForGood()) {
      throw new Violation("a clock was never closed after everything was healed");
    }
    world.readers.forEach(Reader::requireEnd);
    scanEverything();
    world.checker.end();
    world.tally.countHistory(world.time.now(), world.checker.rows());
  }

  /** A node that knows nothing reads every entity as the log has it. */
  private void scanEverything() {
    Node stranger = new Node(world, World.NODES);
    int[] read = new int[1];
    for (int i = 0; i < Clients.ENTITIES; i++) {
      String entity = Clients.entity(i);
      world.checker.requireFullRecovery(entity);
      stranger.scan(entity, 1, entries -> read[0]++);
    }
    world.time.pass(QUIET);
    if (read[0] != Clients.ENTITIES) {
      throw new Violation("a scan never finished after everything was healed");
    }
  }

  Tally tally() {
    return world.tally;
  }

  String trace() {
    return world.trace();
  }
}
