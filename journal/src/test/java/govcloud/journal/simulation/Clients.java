package govcloud.journal.simulation;

import java.util.LinkedHashMap;
import java.util.Map;

/** Clients: each command is asked again with the same key until somebody says that it is stored. */
final class Clients {

  static final int ENTITIES = 5;
  private static final int COMMANDS = 36;
  private static final long PATIENCE = 300;

  private final World world;
  private final Trouble trouble;
  private final Map<String, Integer> confirmed = new LinkedHashMap<>();

  Clients(World world, Trouble trouble) {
    this.world = world;
    this.trouble = trouble;
  }

  static String entity(long number) {
    return "case/" + number;
  }

  void start() {
    int burst = world.chance(0.5) ? 1 : 6;
    for (int i = 0; i < COMMANDS / burst; i++) {
      String entity = entity(world.between(0, ENTITIES));
      long begin = world.between(0, World.TROUBLE);
      for (int j = 0; j < burst; j++) {
        String key = "command-" + (i * burst + j);
        int size = (int) world.between(1, 4);
        world.time.after(begin + world.between(0, 10), () -> ask(key, entity, size));
      }
    }
  }

  private void ask(String key, String entity, int size) {
    Node node = trouble.route();
    boolean[] done = new boolean[1];
    Entity.Command command =
        new Entity.Command(key, size, yes -> answered(key, entity, size, yes, done));
    long way = world.troubled() && world.chance(0.1) ? 300 : 8;
    world.time.after(world.between(1, way), () -> node.run(() -> node.deliver(entity, command)));
    world.time.after(PATIENCE, () -> answered(key, entity, size, false, done));
  }

  private void answered(String key, String entity, int size, boolean yes, boolean[] done) {
    if (yes) {
      confirmed.put(key, size);
      trouble.lookAfter(entity);
      done[0] = true;
    } else if (!done[0]) {
      done[0] = true;
      world.tally.count(Fault.CLIENT_REPEATED);
      long pause = world.chance(0.3) ? 1 : world.between(20, 170);
      world.time.after(pause, () -> askAgain(key, entity, size));
    }
  }

  private void askAgain(String key, String entity, int size) {
    if (!confirmed.containsKey(key)) {
      ask(key, entity, size);
    }
  }

  boolean finished() {
    return confirmed.size() == COMMANDS;
  }

  /** Every command is in the log exactly once. */
  void requireStored() {
    confirmed.forEach(world.checker::requireStored);
  }
}
