package govcloud.replication.simulation;

import java.util.PriorityQueue;

/**
 * Time that passes when a test says so; events of one moment run in the order they were asked. An
 * event may let time pass itself: others happen while it waits.
 */
final class VirtualTime {

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

  /** Runs an action when so many milliseconds have passed. */
  void after(long millis, Runnable action) {
    agenda.add(new Event(now + millis, events++, action));
  }

  /** Milliseconds since the beginning. */
  long now() {
    return now;
  }

  /** Lets time pass and everything happen that is due. */
  void pass(long millis) {
    long until = now + millis;
    while (!agenda.isEmpty() && agenda.peek().at <= until) {
      Event event = agenda.remove();
      now = Math.max(now, event.at);
      event.action.run();
    }
    now = Math.max(now, until);
  }
}
