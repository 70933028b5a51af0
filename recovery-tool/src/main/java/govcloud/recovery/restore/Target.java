package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.cassandra.RestoredLog;
import govcloud.journal.schema.SchemaException;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.RecoveryPoint.Copied;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** The keyspace that becomes the rebuilt cloud, with what a recovery remembers in it. */
public final class Target implements AutoCloseable {
  /** A keyspace in which a cloud has worked has rows in one of these. */
  private static final List<String> TABLES = List.of("log", "chunk", "watermark", "snapshot");

  /** How far a recovery is. */
  public enum State {
    /** The log is being written. */
    RESTORING,
    /** Everything is written, and not compared yet. */
    RESTORED,
    /** Departments are proved one by one, and nodes serve those that are. */
    OPENING,
    /** Everything is as it was. */
    PROVED,
    /** The copy of one department is as it was; never a cloud. */
    COPY,
    /** Something is not as it was. */
    REFUTED
  }

  private static final Set<State> SERVED = Set.of(State.OPENING, State.PROVED, State.COPY);

  private final CqlSession session;
  private final String keyspace;
  private final String cloud;
  private final RestoredLog log;
  private final Patience patience;
  private final TargetSettings settings;

  private Target(CqlSession session, String keyspace, String cloud, Duration limit) {
    this.session = session;
    this.keyspace = keyspace;
    this.cloud = cloud;
    this.log = new RestoredLog(session, keyspace);
    this.patience = new Patience(session, limit);
    this.settings = new TargetSettings(session, keyspace, cloud);
  }

  /**
   * Makes the keyspace with its tables, or finds it.
   *
   * @param cloud which is rebuilt
   * @throws RecoveryException with {@code RECOVERY_TARGET_FAILED} when Cassandra does not answer
   */
  public static Target open(CassandraSettings settings, String cloud) throws RecoveryException {
    return open(settings, cloud, Patience.LIMIT);
  }

  /**
   * The same with another patience.
   *
   * @param limit how long it waits for a Cassandra that is away
   */
  static Target open(CassandraSettings settings, String cloud, Duration limit)
      throws RecoveryException {
    CqlSession session = null;
    try {
      session = CassandraSessions.open(settings);
      SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "recovery-tool");
      return new Target(session, settings.keyspace(), cloud, limit);
    } catch (DriverException | SchemaException e) {
      if (session != null) {
        session.close();
      }
      throw new RecoveryException(
          Code.RECOVERY_TARGET_FAILED,
          "Cassandra at "
              + settings.contactPoints()
              + ": "
              + e.getMessage()
              + " (expected: it runs, and may create keyspace "
              + settings.keyspace()
              + ")",
          e);
    }
  }

  /**
   * Finds the keyspace of a recovery that was begun before; makes none.
   *
   * @param cloud which is rebuilt; empty where it does not matter
   * @throws RecoveryException with {@code RECOVERY_TARGET_OTHER} when there is none of that name
   */
  public static Target find(CassandraSettings settings, String cloud) throws RecoveryException {
    requireThere(settings);
    return open(settings, cloud);
  }

  private static void requireThere(CassandraSettings settings) throws RecoveryException {
    try (CqlSession session = CassandraSessions.open(settings)) {
      if (session.getMetadata().getKeyspace(settings.keyspace()).isEmpty()) {
        throw new RecoveryException(
            Code.RECOVERY_TARGET_OTHER,
            "keyspace %s: not there (expected: one of `recover restore`)"
                .formatted(settings.keyspace()));
      }
    } catch (DriverException e) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_FAILED,
          "Cassandra at "
              + settings.contactPoints()
              + ": "
              + e.getMessage()
              + " (expected: it runs)",
          e);
    }
  }

  /**
   * Claims the keyspace for a recovery, or finds that it goes on with one.
   *
   * @return whether it goes on
   * @throws RecoveryException with {@code RECOVERY_TARGET_NOT_EMPTY} or {@code
   *     RECOVERY_TARGET_OTHER}, with {@code RECOVERY_SETTINGS_DIFFER} where the keyspace was made
   *     with other settings than the lost cloud's
   */
  public boolean claim(RecoveryPoint point) throws RecoveryException {
    Optional<Row> row = recovery();
    if (row.isPresent()) {
      requireSame(row.get(), point);
      settings.require(point, served());
      return true;
    }
    requireEmpty();
    settings.require(point, false);
    execute(
        "INSERT INTO %s.recovery (cloud, point, tenant, state, begun_at) VALUES (?, ?, ?, ?,"
            + " toTimestamp(now()))",
        cloud,
        point.name(),
        point.copied().map(Copied::tenant).orElse(null),
        State.RESTORING.name());
    return false;
  }

  private void requireEmpty() throws RecoveryException {
    Optional<String> used = usedTable();
    if (used.isPresent()) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_NOT_EMPTY,
          "keyspace "
              + keyspace
              + ": has rows in "
              + used.get()
              + " (expected: an empty keyspace)");
    }
  }

  private Optional<String> usedTable() throws RecoveryException {
    for (String table : TABLES) {
      if (execute("SELECT * FROM %s." + table + " LIMIT 1").one() != null) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /** Whether nothing of a cloud is in it. */
  boolean isEmpty() throws RecoveryException {
    return usedTable().isEmpty();
  }

  private void requireSame(Row row, RecoveryPoint point) throws RecoveryException {
    if (!cloud.equals(row.getString("cloud")) || !point.name().equals(row.getString("point"))) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_OTHER,
          "keyspace %s: holds the recovery of %s, %s (expected: of %s, %s, or another keyspace)"
              .formatted(
                  keyspace, row.getString("cloud"), row.getString("point"), cloud, point.name()));
    }
  }

  /**
   * Claims a keyspace that holds an earlier point for a later one; no node starts on it until that
   * is proved.
   *
   * @throws RecoveryException with {@code RECOVERY_TARGET_OTHER} where it holds something else,
   *     with {@code RECOVERY_TARGET_NOT_EMPTY} where departments are served
   */
  void advance(RecoveryPoint point) throws RecoveryException {
    Row row =
        recovery()
            .filter(found -> cloud.equals(found.getString("cloud")))
            .filter(found -> found.isNull("tenant"))
            .orElseThrow(() -> other("holds no earlier point of " + cloud));
    State state = State.valueOf(row.getString("state"));
    if (state == State.OPENING) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_NOT_EMPTY,
          "keyspace " + keyspace + ": departments are served (expected: no node has worked on it)");
    }
    if (state == State.REFUTED) {
      throw other("was found to be not as it was");
    }
    for (Map.Entry<Integer, Long> done : restoredSegments().entrySet()) {
      long end = point.lastSegments().getOrDefault(done.getKey(), 0L);
      if (done.getValue() > end) {
        throw other(
            "slice %d is restored up to segment %d, and %s ends with segment %d"
                .formatted(done.getKey(), done.getValue(), point.name(), end));
      }
    }
    settings.advance(point);
    execute(
        "UPDATE %s.recovery SET point = ?, state = ?, restored_at = null, proved_at = null WHERE"
            + " cloud = ?",
        point.name(), State.RESTORING.name(), cloud);
  }

  private RecoveryException other(String what) {
    return new RecoveryException(
        Code.RECOVERY_TARGET_OTHER,
        "keyspace %s: %s (expected: an earlier point, or another keyspace without --advance)"
            .formatted(keyspace, what));
  }

  /** Refuses a log in which somebody has written a row. */
  void requireNothingAt(int slice, long offset) throws RecoveryException {
    if (execute(log.row(slice, offset)).one() != null) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_NOT_EMPTY,
          "keyspace %s: slice %d goes on at offset %d (expected: no node has worked on it)"
              .formatted(keyspace, slice, offset));
    }
  }

  private Optional<Row> recovery() throws RecoveryException {
    return Optional.ofNullable(execute("SELECT * FROM %s.recovery").one());
  }

  /** How far the recovery in this keyspace is; empty where there is none. */
  public Optional<State> state() throws RecoveryException {
    return recovery().map(row -> State.valueOf(row.getString("state")));
  }

  /** Whether it holds one department alone. */
  public boolean isCopy() throws RecoveryException {
    return recovery().filter(row -> !row.isNull("tenant")).isPresent();
  }

  /** Whether nodes may have worked in it: what they wrote is no difference. */
  public boolean served() throws RecoveryException {
    return state().filter(SERVED::contains).isPresent();
  }

  /** Whether everything is written; nodes may work before, for tenants brought back early. */
  public boolean whole() throws RecoveryException {
    return recovery().filter(row -> !row.isNull("restored_at")).isPresent();
  }

  /**
   * Notes how far it is. What was proved stays so; where departments are served, those that are not
   * as they were stay closed, and the others open.
   */
  public void reached(State state) throws RecoveryException {
    if (state == State.RESTORED && served()) {
      execute("UPDATE %s.recovery SET restored_at = toTimestamp(now()) WHERE cloud = ?", cloud);
      return;
    }
    if (served() && (state != State.PROVED || state().equals(Optional.of(State.PROVED)))) {
      return;
    }
    if (state == State.OPENING) {
      execute("UPDATE %s.recovery SET state = ? WHERE cloud = ?", state.name(), cloud);
      return;
    }
    String column = state == State.RESTORED ? "restored_at" : "proved_at";
    execute(
        "UPDATE %s.recovery SET state = ?, " + column + " = toTimestamp(now()) WHERE cloud = ?",
        state.name(),
        cloud);
  }

  /** For each slice with any, the number of its last segment that is wholly restored. */
  public SortedMap<Integer, Long> restoredSegments() throws RecoveryException {
    SortedMap<Integer, Long> segments = new TreeMap<>();
    for (Row row : all("SELECT slice, segment FROM %s.recovery_slice")) {
      segments.put(row.getInt("slice"), row.getLong("segment"));
    }
    return segments;
  }

  /** Number of the last segment of a slice that is wholly restored; 0: none. */
  long restoredSegment(int slice) throws RecoveryException {
    Row row = execute("SELECT segment FROM %s.recovery_slice WHERE slice = ?", slice).one();
    return row == null ? 0 : row.getLong("segment");
  }

  /** Notes that a slice is restored up to a segment. */
  void restored(int slice, long segment) throws RecoveryException {
    execute("INSERT INTO %s.recovery_slice (slice, segment) VALUES (?, ?)", slice, segment);
  }

  /** All rows of a query; %s stands for the keyspace. */
  List<Row> all(String query) throws RecoveryException {
    try {
      return session
          .execute(SimpleStatement.newInstance(query.formatted(keyspace)).setIdempotent(true))
          .all();
    } catch (DriverException e) {
      throw failed(e);
    }
  }

  /** Runs a statement until it succeeds; %s stands for the keyspace. */
  AsyncResultSet execute(String query, Object... values) throws RecoveryException {
    return execute(
        SimpleStatement.newInstance(query.formatted(keyspace), values).setIdempotent(true));
  }

  private AsyncResultSet execute(SimpleStatement statement) throws RecoveryException {
    try {
      return patience.execute(statement).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecoveryException(Code.RECOVERY_INTERRUPTED, "ended while restoring", e);
    }
  }

  /** That Cassandra does not do what it should. */
  RecoveryException failed(Throwable cause) {
    return new RecoveryException(
        Code.RECOVERY_TARGET_FAILED, "keyspace " + keyspace + ": " + cause.getMessage(), cause);
  }

  /** The journal's tables. */
  RestoredLog log() {
    return log;
  }

  /** Makes requests until they succeed. */
  Patience patience() {
    return patience;
  }

  /** For whoever compares. */
  public CqlSession session() {
    return session;
  }

  /** Its name. */
  public String keyspace() {
    return keyspace;
  }

  @Override
  public void close() {
    session.close();
  }
}
