package govcloud.journal.schema;

import static govcloud.journal.schema.SchemaException.Code.SCHEMA_LOCKED;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one node at a time change the schema. The row in Cassandra expires by itself after the
 * lease, so that a node that died holds nobody up for long; whoever works on renews it before every
 * statement.
 */
final class SchemaLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaLock.class);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 200;
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final CqlSession session;
  private final String table;
  private final String owner;
  private final Duration lease;

  private SchemaLock(CqlSession session, String table, String owner, Duration lease) {
    this.session = session;
    this.table = table;
    this.owner = owner;
    this.lease = lease;
  }

  /**
   * Waits until nobody else has the lock.
   *
   * @param owner different for every caller, and telling to whoever waits for it
   * @throws SchemaException SCHEMA_LOCKED after the patience has run out
   */
  static SchemaLock take(
      CqlSession session, String table, String owner, Duration lease, Duration patience) {
    SchemaLock lock = new SchemaLock(session, table, owner, lease);
    long start = System.nanoTime();
    long nextProgress = PROGRESS.toNanos();
    Optional<String> holder = lock.tryTake();
    while (holder.isPresent()) {
      long waited = System.nanoTime() - start;
      if (waited > patience.toNanos()) {
        throw new SchemaException(
            SCHEMA_LOCKED,
            "schema lock: held by %s for more than %d s (expected: released; see what that node does)"
                .formatted(holder.get(), patience.toSeconds()));
      }
      if (waited > nextProgress) {
        nextProgress += PROGRESS.toNanos();
        LOG.info(
            "waiting for {}, which migrates the schema, since {} s",
            holder.get(),
            Duration.ofNanos(waited).toSeconds());
      }
      pause();
      holder = lock.tryTake();
    }
    return lock;
  }

  /** Empty when this one has it now, else who has it. */
  private Optional<String> tryTake() {
    try {
      Row row =
          execute(
                  "INSERT INTO "
                      + table
                      + " (name, owner) VALUES ('schema', ?) IF NOT EXISTS"
                      + " USING TTL "
                      + lease.toSeconds(),
                  owner)
              .one();
      if (row.getBoolean("[applied]")) {
        return Optional.empty();
      }
      // After an unknown outcome the row may well be our own.
      return Optional.ofNullable(row.getString("owner")).filter(other -> !other.equals(owner));
    } catch (WriteTimeoutException | CASWriteUnknownException | DriverTimeoutException unknown) {
      return Optional.of("somebody, Cassandra does not answer in time");
    }
  }

  /** Begins the lease anew; to be called before every change. */
  void renew() {
    Row row =
        execute(
                "UPDATE "
                    + table
                    + " USING TTL "
                    + lease.toSeconds()
                    + " SET owner = ? WHERE name = 'schema' IF owner = ?",
                owner,
                owner)
            .one();
    if (!row.getBoolean("[applied]")) {
      throw new SchemaException(
          SCHEMA_LOCKED,
          "schema lock: lost after more than %d s in one statement (expected: kept; start again)"
              .formatted(lease.toSeconds()));
    }
  }

  @Override
  public void close() {
    try {
      execute("DELETE FROM " + table + " WHERE name = 'schema' IF owner = ?", owner);
    } catch (RuntimeException expiresByItself) {
      LOG.warn("schema lock not released, it expires in {} s", lease.toSeconds(), expiresByItself);
    }
  }

  private ResultSet execute(String statement, Object... values) {
    return session.execute(
        SimpleStatement.newInstance(statement, values).setTimeout(REQUEST_TIMEOUT));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaException(SCHEMA_LOCKED, "schema lock: interrupted while waiting", e);
    }
  }
}
