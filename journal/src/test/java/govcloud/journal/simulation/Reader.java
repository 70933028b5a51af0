package govcloud.journal.simulation;

import govcloud.journal.JournalException;
import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import govcloud.journal.core.SliceCursor;
import java.util.List;

/**
 * Follows the slice like a projection: plain reads, SERIAL reads where it was told of a row that it
 * does not see; stores its position now and then; crashes, and goes on at the stored position.
 */
final class Reader {

  private final World world;
  private final Node node;
  private final int number;
  private SliceCursor cursor;
  private FaultyStore store;
  private int life;
  private long saved = Position.BEFORE_FIRST;
  private long seen = Position.BEFORE_FIRST;

  Reader(World world, Node node, int number) {
    this.world = world;
    this.node = node;
    this.number = number;
  }

  long saved() {
    return saved;
  }

  boolean isOn(Node which) {
    return node == which;
  }

  void start() {
    life++;
    store = node.store();
    cursor = new SliceCursor(0, saved);
    seen = saved;
    fetch(life);
  }

  void crash() {
    world.trace(() -> this + " crashes at " + seen + ", stored is " + saved);
    world.tally.count(Fault.READER_CRASHED);
    start();
  }

  private void fetch(int inLife) {
    if (inLife != life) {
      return;
    }
    store.read(
        0,
        cursor.next(),
        (int) world.between(1, 6),
        (rows, failure) -> {
          if (inLife != life) {
            return;
          }
          if (failure != null) {
            later(inLife, 20);
          } else if (!rows.isEmpty()) {
            take(inLife, rows);
          } else if (world.checker.knownOffset() >= cursor.next()) {
            readSerial(inLife);
          } else {
            later(inLife, world.between(10, 60));
          }
        });
  }

  private void readSerial(int inLife) {
    store.readSerial(
        0,
        cursor.next(),
        (row, failure) -> {
          if (inLife == life) {
            if (failure == null && row.isPresent()) {
              take(inLife, List.of(row.get()));
            } else {
              later(inLife, 20);
            }
          }
        });
  }

  private void take(int inLife, List<Batch> rows) {
    try {
      cursor.take(
          rows,
          (position, entry) -> {
            world.checker.read(seen, position, entry);
            world.tally.countRead();
            seen = position;
            saveNowAndThen();
          });
    } catch (JournalException e) {
      throw new Violation(this + ": " + e.getMessage());
    }
    later(inLife, world.between(1, 10));
  }

  /** Also in the middle of a batch. */
  private void saveNowAndThen() {
    if (world.chance(0.3) || !world.troubled()) {
      saved = Math.max(saved, seen);
    }
  }

  private void later(int inLife, long millis) {
    node.later(millis, () -> fetch(inLife));
  }

  /** Whether it has seen all there is. */
  void requireEnd() {
    world.checker.requireAllRead(seen, toString());
  }

  @Override
  public String toString() {
    return "reader " + number;
  }
}
