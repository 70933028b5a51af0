package govcloud.journal.simulation;

import govcloud.journal.core.Timers;
import java.time.Duration;
import java.util.PriorityQueue;

/** Time that passes when a test says so; events of one moment run in the order they were asked. */
public final class VirtualTime implements Timers {

  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Event> agenda = new PriorityQueue<>();
  private long now;
  private long events;

  @Override
  public void after(Duration delay, Runnable action) {
    after(delay.toMillis(), action);
  }

  @Override
  public long nanos() {
    return now * 1_000_000;
  }

  /** Runs an action when so many milliseconds have passed. */
  public void after(long millis, Runnable action) {
    agenda.add(new Event(now + millis, events++, action));
  }

  /** Milliseconds since the beginning. */
  public long now() {
    return now;
  }

  /** Lets time pass and everything happen that is due. */
  public void pass(long millis) {
    long until = now + millis;
    while (!agenda.isEmpty() && agenda.peek().at <= until) {
      Event event = agenda.remove();
      now = event.at;
      event.action.run();
    }
    now = until;
  }
}
