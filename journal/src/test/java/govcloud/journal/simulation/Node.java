package govcloud.journal.simulation;

import govcloud.journal.ClockPassedException;
import govcloud.journal.HybridClock;
import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.core.EntityScan;
import govcloud.journal.core.Entry;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.SliceHost;
import govcloud.journal.core.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A node with its entities. It hosts the slice from the first request made of it, whoever else
 * does, as the plugin does; after it was fenced it does not for a while.
 */
final class Node {

  private static final long COOL_DOWN = 100;

  private final World world;
  private final int number;
  private final Map<String, Entity> entities = new LinkedHashMap<>();
  private SliceHost host;
  private boolean leaving;
  private int life;
  private long pausedUntil;
  private long cutUntil;
  private long coolUntil;
  private HybridClock clock;

  /** How fast its time passes. */
  private final double pace;

  Node(World world, int number) {
    this.world = world;
    this.number = number;
    this.clock = world.wallClock();
    this.pace = 0.95 + world.between(0, 11) / 100.0;
  }

  /** Gives records their clocks. */
  HybridClock clock() {
    return clock;
  }

  /** Asks this node's host to close a clock, whoever else hosts. */
  void close(long closing, Consumer<Boolean> then) {
    SliceHost closer = hosting();
    if (closer == null) {
      then.accept(false);
      return;
    }
    closer.close(
        closing,
        (offset, failure) -> {
          if (failure == null) {
            world.tally.count(Fault.CLOCK_CLOSED);
            world.checker.closed(closing, offset);
          } else if (failure instanceof ClockPassedException) {
            world.tally.count(Fault.CLOCK_PASSED);
          } else if (!(failure instanceof JournalUnavailableException)) {
            throw new Violation(this + ", closing: " + failure.getMessage());
          }
          then.accept(failure == null);
        });
  }

  /** Runs an action of this life: later if the node is paused, never after it was killed. */
  void run(int inLife, Runnable action) {
    if (inLife == life) {
      if (pausedUntil > world.time.now()) {
        world.time.after(pausedUntil - world.time.now(), () -> run(inLife, action));
      } else {
        action.run();
      }
    }
  }

  /** Runs an action in the node's present life. */
  void run(Runnable action) {
    run(life, action);
  }

  void later(long millis, Runnable action) {
    int now = life;
    world.time.after(millis, () -> run(now, action));
  }

  private Timers timers() {
    return new Timers() {
      @Override
      public void after(Duration delay, Runnable action) {
        later((long) (delay.toMillis() / pace), action);
      }

      @Override
      public long nanos() {
        return (long) (world.time.now() * pace * 1e6);
      }
    };
  }

  FaultyStore store() {
    int now = life;
    FaultyStore store =
        new FaultyStore(
            world.tables, world.time, action -> run(now, action), world.random, world.tally);
    store.fates(operation -> world.fate(cutUntil > world.time.now()));
    return store;
  }

  /** The host, or null while the node refuses the slice. */
  SliceHost hosting() {
    if (host == null || !host.running()) {
      if (world.time.now() < coolUntil) {
        return null;
      }
      leaving = false;
      long incarnation = world.nextIncarnation();
      world.trace(() -> this + " begins to host as incarnation " + incarnation);
      LogStore store = store();
      FaultyStore positions = store();
      host =
          new SliceHost(
              0,
              new UUID(0, incarnation),
              toString(),
              store,
              timers(),
              world.settings,
              (slice, reply) ->
                  positions.ask(Operation.READ_POSITIONS, world::slowestReader, reply),
              new Listener(incarnation));
      host.start();
    }
    return host;
  }

  /** A command comes in. */
  void deliver(String entityId, Entity.Message command) {
    Entity entity = entities.get(entityId);
    if (entity == null) {
      entity = new Entity(world, this, entityId);
      entities.put(entityId, entity);
      entity.start();
    }
    entity.take(command);
  }

  /** Somebody wants to know how far an entity has got. */
  void look(String entityId) {
    Checker.Expectation expected = world.checker.recoveryBegins(entityId, 1);
    deliver(entityId, new Entity.Look(sequence -> world.checker.answered(expected, sequence)));
  }

  void stopped(Entity entity) {
    entities.remove(entity.id(), entity);
  }

  /** Reads an entity without hosting. */
  void scan(String entityId, long fromSequence, Consumer<List<Entry>> then) {
    Checker.Expectation expected = world.checker.recoveryBegins(entityId, fromSequence);
    new EntityScan(
            0,
            entityId,
            fromSequence,
            store(),
            timers(),
            world.settings,
            () -> true,
            (entries, failure) -> {
              if (failure != null) {
                throw new Violation(this + ", scan: " + failure.getMessage());
              }
              world.tally.countScan();
              world.checker.recovered(expected, entries);
              then.accept(entries);
            })
        .start();
  }

  /** Reads an entity on the host, while it may be writing. */
  void recoverAside(String entityId) {
    SliceHost recovering = hosting();
    if (recovering != null) {
      Checker.Expectation expected = world.checker.recoveryBegins(entityId, 1);
      recovering.recover(
          entityId,
          1,
          (entries, failure) -> {
            if (failure == null) {
              world.tally.countRecovery();
              world.checker.recovered(expected, entries);
            } else if (!(failure instanceof JournalUnavailableException)) {
              throw new Violation(this + ", recovery: " + failure.getMessage());
            }
          });
    }
  }

  void kill() {
    world.trace(() -> this + " is killed");
    life++;
    clock = world.wallClock();
    host = null;
    entities.clear();
    pausedUntil = 0;
    coolUntil = 0;
    world.readers.stream().filter(reader -> reader.isOn(this)).forEach(Reader::crash);
  }

  void pause(long millis) {
    world.trace(() -> this + " is paused for " + millis + " ms");
    pausedUntil = world.time.now() + millis;
  }

  void cutOff(long millis) {
    world.trace(() -> this + " is cut off for " + millis + " ms");
    cutUntil = world.time.now() + millis;
  }

  void heal() {
    pausedUntil = Math.min(pausedUntil, world.time.now() + 1);
    cutUntil = 0;
  }

  /** The slice has left, and the node is told. */
  void release() {
    new ArrayList<>(entities.values()).forEach(Entity::stop);
    if (host != null && host.running()) {
      world.trace(() -> this + " releases the slice");
      world.tally.count(Fault.HOST_RELEASED);
      leaving = true;
      host.release();
    }
  }

  boolean hasEntities() {
    return !entities.isEmpty();
  }

  /** One entity ends with its requests under way. */
  void crashEntity() {
    if (!entities.isEmpty()) {
      world.tally.count(Fault.ENTITY_CRASHED);
      entities.values().iterator().next().stop();
    }
  }

  @Override
  public String toString() {
    return "node " + number;
  }

  private final class Listener implements SliceHost.Listener {
    private final long incarnation;

    Listener(long incarnation) {
      this.incarnation = incarnation;
    }

    @Override
    public void onServing() {
      world.trace(() -> Node.this + " serves as incarnation " + incarnation);
    }

    @Override
    public void onAdvanced(long position) {
      world.checker.advanced(position);
    }

    @Override
    public void onClosed(long closed) {
      clock.next(closed);
    }

    @Override
    public void onStopped(JournalException reason) {
      world.trace(() -> Node.this + " stops hosting: " + reason.getMessage());
      if (!(reason instanceof JournalUnavailableException)) {
        throw new Violation(Node.this + ", host: " + reason.getMessage());
      }
      if (!leaving) {
        world.tally.count(Fault.HOST_STOPPED_BY_ANOTHER);
        coolUntil = world.time.now() + COOL_DOWN;
      }
    }
  }
}
