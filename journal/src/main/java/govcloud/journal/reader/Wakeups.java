package govcloud.journal.reader;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** How far each slice is known to have got, and who waits for more. */
public final class Wakeups {

  /** Nothing was stored at an offset, at a moment. */
  private record End(long offset, long nanos) {}

  private final AtomicLongArray known;
  private final AtomicReferenceArray<End> ends;
  private final List<CopyOnWriteArrayList<Runnable>> waiting;

  /** Nothing is known of any slice. */
  public Wakeups(int slices) {
    this.known = new AtomicLongArray(slices);
    this.ends = new AtomicReferenceArray<>(slices);
    this.waiting =
        IntStream.range(0, slices).mapToObj(i -> new CopyOnWriteArrayList<Runnable>()).toList();
    IntStream.range(0, slices).forEach(i -> known.set(i, govcloud.journal.Position.BEFORE_FIRST));
  }

  /** The highest position of a slice that anybody said is stored. */
  public long known(int slice) {
    return known.get(slice);
  }

  /** A slice has got to a position: wakes those who wait if that is news. */
  public void wake(int slice, long position) {
    if (known.getAndAccumulate(slice, position, Math::max) < position) {
      waiting.get(slice).forEach(Runnable::run);
    }
  }

  /** A reader has found nothing at an offset. */
  void nothingAt(int slice, long offset) {
    ends.set(slice, new End(offset, System.nanoTime()));
  }

  /** Whether any reader of this node has looked at an offset since a moment ago. */
  boolean lookedAt(int slice, long offset, Duration ago) {
    End end = ends.get(slice);
    return end != null && end.offset == offset && System.nanoTime() - end.nanos < ago.toNanos();
  }

  void register(int slice, Runnable action) {
    waiting.get(slice).add(action);
  }

  void unregister(int slice, Runnable action) {
    waiting.get(slice).remove(action);
  }
}
