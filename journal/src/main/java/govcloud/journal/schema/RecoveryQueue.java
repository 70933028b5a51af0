package govcloud.journal.schema;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The departments of a rebuilt cloud while they are proved one by one, as its keyspace tells it:
 * the tool that proves and the nodes that serve see the same order.
 */
public final class RecoveryQueue {
  /** The tenant that stands for the cloud's own entities; Cassandra has no empty keys. */
  public static final String CLOUD = "(cloud)";

  /** A proof that has told nothing for so much longer than expected may have ended. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /**
   * Moved forward by people who decide, the last one first; then asked for, the first one first.
   */
  private static final Comparator<Entry> ORDER =
      Comparator.comparing((Entry entry) -> entry.pinnedAt().orElse(Instant.MIN))
          .reversed()
          .thenComparing(entry -> entry.askedAt().orElse(Instant.MAX))
          .thenComparingInt(Entry::place);

  /** How far one tenant is. */
  public enum State {
    /** Not compared yet. */
    WAITING,
    /** As it was. */
    PROVED,
    /** Something is not as it was. */
    DAMAGED
  }

  /**
   * One tenant.
   *
   * @param tenant its name, or {@link #CLOUD}
   * @param place in the order that matters, from 1
   * @param records that it had
   * @param pinnedAt when somebody moved it forward
   * @param askedAt when somebody first asked for it while it waited
   * @param lookedAt when it was proved, or found to be damaged
   */
  public record Entry(
      String tenant,
      State state,
      int place,
      long records,
      Optional<Instant> pinnedAt,
      Optional<Instant> askedAt,
      Optional<Instant> lookedAt) {

    private static Entry of(Row row) {
      return new Entry(
          row.getString("tenant"),
          State.valueOf(row.getString("state")),
          row.getInt("place"),
          row.getLong("records"),
          Optional.ofNullable(row.getInstant("pinned_at")),
          Optional.ofNullable(row.getInstant("asked_at")),
          Optional.ofNullable(row.getInstant("proved_at")));
    }

    private boolean waits() {
      return state == State.WAITING;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Entry> waiting;

  /** A queue of these tenants. */
  public RecoveryQueue(Collection<Entry> tenants) {
    tenants.stream()
        .sorted(Comparator.comparingInt(Entry::place))
        .forEach(entry -> entries.put(entry.tenant(), entry));
    waiting = tenants.stream().filter(Entry::waits).sorted(ORDER).toList();
  }

  /**
   * The queue as the table {@code recovery_tenant} has it.
   *
   * @param rows all of it; those of tenants that were moved forward before any proof are left out
   */
  public static RecoveryQueue of(Collection<Row> rows) {
    return new RecoveryQueue(
        rows.stream().filter(row -> row.getString("state") != null).map(Entry::of).toList());
  }

  /** The key of a tenant; the empty name is the cloud's own. */
  public static String key(String tenant) {
    return tenant.isEmpty() ? CLOUD : tenant;
  }

  /** Every tenant, in the order that matters. */
  public List<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** Those that wait, the next one first. */
  public List<Entry> waiting() {
    return waiting;
  }

  /** A tenant; empty: it was not there when the cloud was lost. */
  public Optional<Entry> find(String tenant) {
    return Optional.ofNullable(entries.get(key(tenant)));
  }

  /** The place of a tenant among those that wait, from 1; 0: it does not wait. */
  public int place(String tenant) {
    return 1 + waiting.stream().map(Entry::tenant).toList().indexOf(key(tenant));
  }

  /**
   * How long until a tenant is proved, at the pace so far.
   *
   * @return empty: nobody knows, because too little was proved yet, or nothing for a long time
   */
  public Optional<Duration> left(String tenant, Instant now) {
    List<Entry> done =
        entries.values().stream()
            .filter(entry -> entry.lookedAt().isPresent())
            .sorted(Comparator.comparing(entry -> entry.lookedAt().orElseThrow()))
            .toList();
    int place = place(tenant);
    if (place == 0 || done.size() < 2) {
      return Optional.empty();
    }
    Instant first = done.get(0).lookedAt().orElseThrow();
    Instant last = done.get(done.size() - 1).lookedAt().orElseThrow();
    long measured = records(done.subList(1, done.size()));
    if (measured == 0) {
      return Optional.empty();
    }
    double each = Duration.between(first, last).toMillis() / (double) measured;
    Instant end = last.plusMillis((long) (each * records(waiting.subList(0, place))));
    if (now.isAfter(end.plus(SILENCE))) {
      return Optional.empty();
    }
    return Optional.of(now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO);
  }

  private static long records(List<Entry> entries) {
    return entries.stream().mapToLong(Entry::records).sum();
  }
}
