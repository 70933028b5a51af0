package govcloud.node.metering;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down what a {@link RequestMeter} has counted. */
public final class RequestLedger {

  /** How often it is written down. */
  public static final Duration PAUSE = Duration.ofSeconds(10);

  private record Line(String tenant, Instant hour) {}

  private final CqlSession session;
  private final PreparedStatement insert;
  private final RequestMeter meter;
  private final String node;
  private final long incarnation;
  private final Map<Line, RequestMeter.Counted> written = new ConcurrentHashMap<>();

  /**
   * @param incarnation differs between lives of the node, such as the time of its start
   */
  public RequestLedger(
      CqlSession session, String keyspace, RequestMeter meter, String node, long incarnation) {
    this.session = session;
    this.meter = meter;
    this.node = node;
    this.incarnation = incarnation;
    this.insert =
        session.prepare(
            "INSERT INTO "
                + keyspace
                + ".usage_requests (tenant, day, hour, node, incarnation, requests, refused)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  /** Writes down every number that has grown; a failed write is made good by the next one. */
  public CompletionStage<Void> write() {
    List<CompletableFuture<?>> writes =
        meter.counted().stream().<CompletableFuture<?>>map(this::write).toList();
    return CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<?> write(RequestMeter.Counted counted) {
    Line line = new Line(counted.tenant(), counted.hour());
    if (counted.equals(written.get(line))) {
      meter.forget(counted);
      return CompletableFuture.completedFuture(null);
    }
    var hour = counted.hour().atZone(ZoneOffset.UTC);
    LocalDate day = hour.toLocalDate();
    return session
        .executeAsync(
            insert.bind(
                counted.tenant(),
                day,
                hour.getHour(),
                node,
                incarnation,
                counted.requests(),
                counted.refused()))
        .thenAccept(
            done -> {
              written.put(line, counted);
              written
                  .keySet()
                  .removeIf(old -> old.hour().isBefore(counted.hour().minusSeconds(86_400)));
            })
        .toCompletableFuture();
  }
}
