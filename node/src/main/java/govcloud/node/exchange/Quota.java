package govcloud.node.exchange;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Counts records under an agreement on a day, never more than were agreed on, however many gateways
 * there are: each number is written under the condition of the one before. A gateway takes some
 * more than it needs and gives the next ones out of these, so that few are written. Where little is
 * left it takes none in advance. What it had taken when it ended is lost for the day.
 */
final class Quota {

  /** The day of offices. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** So many are taken in advance at most, */
  private static final long MOST_AHEAD = 1_000;

  /** and not more than this part of what is left of the day. */
  private static final long PART_AHEAD = 100;

  /** How many were taken of a day, over all gateways. */
  interface Count {

    /** The number now; 0 where there is none. Fails when it is not known. */
    CompletionStage<Long> read(String agreement, LocalDate day);

    /**
     * Writes a number, if the one before is there.
     *
     * @return that one where it was written, or else the number that is there; fails when it is not
     *     known whether it was written
     */
    CompletionStage<Long> write(String agreement, LocalDate day, long before, long after);
  }

  private final Count count;
  private final Map<Line, Gate> gates = new HashMap<>();

  Quota(Count count) {
    this.count = count;
  }

  private record Line(String agreement, LocalDate day, long limit) {}

  private record Waiting(long count, CompletableFuture<Boolean> free) {

    /** How many are given after this one, if it finds so many. */
    long after(long given, long limit) {
      return given + count <= limit ? given + count : given;
    }
  }

  /** One day of an agreement on this gateway. */
  private static final class Gate {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    /** How many were taken when this gateway last heard of it; -1: it has to ask. */
    private long used = -1;

    /** Those of them that this gateway may still give; nobody touches them while it is busy. */
    private long ahead;
  }

  private static Line line(String agreement, long limit, Instant at) {
    return new Line(agreement, at.atZone(ZONE).toLocalDate(), limit);
  }

  /** Whether nothing is left of the day as far as this gateway knows; nothing comes back. */
  boolean isUsedUp(String agreement, long limit, Instant at) {
    synchronized (gates) {
      var gate = gates.get(line(agreement, limit, at));
      return gate != null && !gate.busy && gate.used >= limit && gate.ahead == 0;
    }
  }

  /** Takes so many records of the day, or none; false: there are not so many left. */
  CompletionStage<Boolean> take(String agreement, long count, long limit, Instant at) {
    var line = line(agreement, limit, at);
    var one = new Waiting(count, new CompletableFuture<>());
    Gate gate;
    synchronized (gates) {
      gate = gate(line);
      if (!gate.busy && gate.ahead >= count) {
        gate.ahead -= count;
        return CompletableFuture.completedStage(true);
      }
      gate.waiting.add(one);
      if (gate.busy) {
        return one.free();
      }
      gate.busy = true;
    }
    work(line, gate);
    return one.free();
  }

  private Gate gate(Line line) {
    var gate = gates.get(line);
    if (gate == null) {
      gates.entrySet().removeIf(old -> isOver(old.getKey(), old.getValue(), line.day()));
      gate = new Gate();
      gates.put(line, gate);
    }
    return gate;
  }

  private static boolean isOver(Line line, Gate gate, LocalDate day) {
    return line.day().isBefore(day) && !gate.busy;
  }

  /** Serves all that wait, then those that came meanwhile. */
  private void work(Line line, Gate gate) {
    List<Waiting> batch;
    long used;
    long ahead;
    synchronized (gates) {
      batch = new ArrayList<>(gate.waiting);
      gate.waiting.clear();
      gate.busy = !batch.isEmpty();
      used = gate.used;
      ahead = gate.ahead;
    }
    if (batch.isEmpty()) {
      return;
    }
    CompletableFuture.completedStage(used)
        .thenCompose(known -> known < 0 ? read(line) : CompletableFuture.completedStage(known))
        .thenCompose(known -> write(line, batch, known, ahead))
        .whenComplete(
            (taken, failure) -> {
              settle(line, gate, batch, taken, failure);
              work(line, gate);
            });
  }

  private CompletionStage<Long> read(Line line) {
    return count.read(line.agreement(), line.day());
  }

  /**
   * Numbers of which nobody else gives any.
   *
   * @param from so many were given before, as this gateway counts: those that it holds come last
   * @param to how many are taken
   */
  private record Taken(long from, long to) {}

  /** Writes until nobody else was faster; what this gateway holds already is given first. */
  private CompletionStage<Taken> write(Line line, List<Waiting> batch, long used, long ahead) {
    var from = used - ahead;
    var given = from;
    for (var one : batch) {
      given = one.after(given, line.limit());
    }
    if (given <= used) {
      return CompletableFuture.completedStage(new Taken(from, used));
    }
    var to = given + Math.min(MOST_AHEAD, (line.limit() - given) / PART_AHEAD);
    return count
        .write(line.agreement(), line.day(), used, to)
        .thenCompose(
            before ->
                before == used
                    ? CompletableFuture.completedStage(new Taken(from, to))
                    : write(line, batch, before, ahead));
  }

  /** What is not known to be written is never given; it may be lost. */
  private void settle(Line line, Gate gate, List<Waiting> batch, Taken taken, Throwable failure) {
    if (failure != null) {
      synchronized (gates) {
        gate.used = -1;
      }
      batch.forEach(one -> one.free().completeExceptionally(failure));
      return;
    }
    List<Boolean> free = new ArrayList<>();
    var given = taken.from();
    for (var one : batch) {
      var after = one.after(given, line.limit());
      free.add(after > given);
      given = after;
    }
    synchronized (gates) {
      gate.used = taken.to();
      gate.ahead = taken.to() - given;
    }
    for (int i = 0; i < free.size(); i++) {
      batch.get(i).free().complete(free.get(i));
    }
  }
}
