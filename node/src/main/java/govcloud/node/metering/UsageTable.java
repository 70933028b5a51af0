package govcloud.node.metering;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.node.projection.AllRows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads what departments have used. */
public final class UsageTable {

  /** The longest time that can be asked for at once, in days. */
  public static final int MAXIMUM_DAYS = 400;

  private final CqlSession session;
  private final PreparedStatement events;
  private final PreparedStatement requests;

  public UsageTable(CqlSession session, String keyspace) {
    this.session = session;
    this.events =
        session.prepare(
            "SELECT hour, events, stored_bytes FROM "
                + keyspace
                + ".usage_events WHERE tenant = ? AND day = ?");
    this.requests =
        session.prepare(
            "SELECT hour, requests, refused FROM "
                + keyspace
                + ".usage_requests WHERE tenant = ? AND day = ?");
  }

  /**
   * What was used in an hour.
   *
   * @param at the begin of the hour, UTC
   * @param requests answered requests, also those that were refused for another reason
   * @param refused requests turned away because of the rate limit
   * @param events things that happened
   * @param storedBytes bytes added to the journal
   */
  public record Hour(Instant at, long requests, long refused, long events, long storedBytes) {

    Hour plus(Hour other) {
      return new Hour(
          at,
          requests + other.requests,
          refused + other.refused,
          events + other.events,
          storedBytes + other.storedBytes);
    }
  }

  /**
   * The hours in which a department has used anything, in order.
   *
   * @param from the hour of this instant is the first
   * @param to the hour of this instant is the last
   * @return fails with the driver's exceptions when Cassandra does not answer
   * @throws IllegalArgumentException when the time is longer than {@link #MAXIMUM_DAYS} or negative
   */
  public CompletionStage<List<Hour>> hours(String tenant, Instant from, Instant to) {
    LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(to, ZoneOffset.UTC);
    long days = ChronoUnit.DAYS.between(first, last);
    if (days < 0 || days > MAXIMUM_DAYS) {
      throw new IllegalArgumentException(
          "from, to: %s, %s (expected: 0 to %d days)".formatted(from, to, MAXIMUM_DAYS));
    }
    Instant begin = from.truncatedTo(ChronoUnit.HOURS);
    List<CompletableFuture<List<Hour>>> reads =
        first.datesUntil(last.plusDays(1)).map(day -> day(tenant, day)).toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                reads.stream()
                    .flatMap(read -> read.join().stream())
                    .filter(hour -> !hour.at().isBefore(begin) && !hour.at().isAfter(to))
                    .toList());
  }

  private CompletableFuture<List<Hour>> day(String tenant, LocalDate day) {
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    CompletionStage<List<Hour>> stored =
        all(events.bind(tenant, day))
            .thenApply(
                rows ->
                    rows.stream()
                        .map(
                            row ->
                                new Hour(
                                    at(midnight, row),
                                    0,
                                    0,
                                    row.getLong("events"),
                                    row.getLong("stored_bytes")))
                        .toList());
    CompletionStage<List<Hour>> asked =
        all(requests.bind(tenant, day))
            .thenApply(
                rows ->
                    rows.stream()
                        .map(
                            row ->
                                new Hour(
                                    at(midnight, row),
                                    row.getLong("requests"),
                                    row.getLong("refused"),
                                    0,
                                    0))
                        .toList());
    return stored.thenCombine(asked, UsageTable::sum).toCompletableFuture();
  }

  private static Instant at(Instant midnight, Row row) {
    return midnight.plus(row.getInt("hour"), ChronoUnit.HOURS);
  }

  static List<Hour> sum(List<Hour> some, List<Hour> more) {
    TreeMap<Instant, Hour> hours = new TreeMap<>();
    some.forEach(hour -> hours.merge(hour.at(), hour, Hour::plus));
    more.forEach(hour -> hours.merge(hour.at(), hour, Hour::plus));
    return List.copyOf(hours.values());
  }

  private CompletionStage<List<Row>> all(Statement<?> statement) {
    return session.executeAsync(statement).thenCompose(AllRows::of);
  }
}
