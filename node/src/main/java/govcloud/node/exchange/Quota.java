package govcloud.node.exchange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
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
 * Counts records under an agreement on a day, exactly, however many gateways there are: each number
 * is written under the condition of the one before. What waits on this node while a write is on its
 * way is counted by the next one together.
 */
final class Quota {

  /** The day of offices. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final CqlSession session;
  private final PreparedStatement read;
  private final PreparedStatement first;
  private final PreparedStatement next;
  private final Map<Line, Deque<Waiting>> lines = new HashMap<>();

  Quota(CqlSession session, String keyspace) {
    var table = keyspace + ".exchange_quota";
    this.session = session;
    this.read = session.prepare("SELECT used FROM " + table + " WHERE agreement = ? AND day = ?");
    this.first =
        session.prepare(
            "INSERT INTO " + table + " (agreement, day, used) VALUES (?, ?, ?) IF NOT EXISTS");
    this.next =
        session.prepare(
            "UPDATE " + table + " SET used = ? WHERE agreement = ? AND day = ? IF used = ?");
  }

  private record Line(String agreement, LocalDate day) {}

  private record Waiting(long count, long limit, CompletableFuture<Boolean> free) {

    /** How many are used after this one, if it finds so many. */
    long after(long used) {
      return used + count <= limit ? used + count : used;
    }
  }

  /** Takes so many records of the day, or none; false: there are not so many left. */
  CompletionStage<Boolean> take(String agreement, long count, long limit, Instant at) {
    var line = new Line(agreement, at.atZone(ZONE).toLocalDate());
    var one = new Waiting(count, limit, new CompletableFuture<>());
    boolean begins;
    synchronized (lines) {
      begins = !lines.containsKey(line);
      lines.computeIfAbsent(line, key -> new ArrayDeque<>()).add(one);
    }
    if (begins) {
      work(line);
    }
    return one.free();
  }

  private void work(Line line) {
    List<Waiting> batch;
    synchronized (lines) {
      var waiting = lines.get(line);
      if (waiting.isEmpty()) {
        lines.remove(line);
        return;
      }
      batch = new ArrayList<>(waiting);
      waiting.clear();
    }
    session
        .executeAsync(read.bind(line.agreement(), line.day()))
        .thenCompose(rows -> write(line, batch, used(rows)))
        .whenComplete(
            (before, failure) -> {
              settle(batch, before, failure);
              work(line);
            });
  }

  private static long used(AsyncResultSet rows) {
    var row = rows.one();
    return row == null || !row.getColumnDefinitions().contains("used") ? -1 : row.getLong("used");
  }

  /** Writes until nobody else was faster; gives the number before. */
  private CompletionStage<Long> write(Line line, List<Waiting> batch, long used) {
    var before = Math.max(0, used);
    var after = before;
    for (var one : batch) {
      after = one.after(after);
    }
    if (after == before) {
      return CompletableFuture.completedStage(before);
    }
    var statement =
        used < 0
            ? first.bind(line.agreement(), line.day(), after)
            : next.bind(after, line.agreement(), line.day(), used);
    return session
        .executeAsync(statement)
        .thenCompose(
            result ->
                result.wasApplied()
                    ? CompletableFuture.completedStage(before)
                    : write(line, batch, used(result)));
  }

  private static void settle(List<Waiting> batch, Long before, Throwable failure) {
    long used = before == null ? 0 : before;
    for (var one : batch) {
      if (failure != null) {
        one.free().completeExceptionally(failure);
      } else {
        var after = one.after(used);
        one.free().complete(after > used);
        used = after;
      }
    }
  }
}
