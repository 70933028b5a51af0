package govcloud.journal.schema;

import static govcloud.journal.schema.SchemaException.Code.SCHEMA_FAILED;
import static govcloud.journal.schema.SchemaException.Code.SCHEMA_PENDING;
import static govcloud.journal.schema.SchemaException.Code.SCHEMA_REPLICATION;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import govcloud.journal.cassandra.CassandraSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the keyspace and applies the versioned CQL files to it, each once, even when several
 * nodes start at the same time. Interrupted, it goes on at the next start: a file is marked as
 * applied after its last statement, and all statements may be repeated.
 */
public final class SchemaMigrations {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrations.class);
  static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long PAUSE_MILLIS = 100;

  private final CqlSession session;
  private final CassandraSettings settings;
  private final MigrationPlan plan;
  private final String owner;
  private final Duration lease;
  private String why = "";

  SchemaMigrations(
      CqlSession session,
      CassandraSettings settings,
      List<Migration> migrations,
      String owner,
      Duration lease) {
    this.session = session;
    this.settings = settings;
    this.plan = new MigrationPlan(migrations);
    this.owner = owner + "/" + unique();
    this.lease = lease;
  }

  /**
   * Runs the migrations of this release, and lets each role of the settings use its tables.
   *
   * @param node who does it, kept beside every applied migration
   * @throws SchemaException when the schema can not be used, with a code
   */
  public static void run(
      CqlSession session, CassandraSettings settings, SchemaMode mode, String node) {
    SchemaMigrations migrations =
        new SchemaMigrations(session, settings, PackagedMigrations.read(), node, LEASE);
    switch (mode) {
      case MIGRATE -> {
        migrations.migrate();
        TableGrants.grant(session, settings);
      }
      case VERIFY -> migrations.verify();
    }
  }

  /** Applies what is missing; returns how many files that were. */
  int migrate() {
    requireReplication(settings.replication());
    if (!keyspaceExists()) {
      createKeyspace();
    }
    requireReplication(actualReplication());
    createOwnTables();
    if (plan.pending(applied()).isEmpty()) {
      return 0;
    }
    int count = applyPending();
    session.refreshSchema();
    return count;
  }

  private int applyPending() {
    // Otherwise the driver reads all tables anew behind each statement: a third of what they cost.
    session.setSchemaMetadataEnabled(false);
    try (SchemaLock lock = SchemaLock.take(session, table("schema_lock"), owner, lease, PATIENCE)) {
      List<Migration> pending = plan.pending(applied());
      for (Migration migration : pending) {
        apply(migration, lock);
      }
      return pending.size();
    } finally {
      session.setSchemaMetadataEnabled(null);
    }
  }

  /** Checks only. */
  void verify() {
    if (!keyspaceExists() || !tableExists("schema_migration")) {
      throw new SchemaException(
          SCHEMA_PENDING,
          "keyspace %s: no schema (expected: migrated; run once with govcloud.cassandra.schema = migrate)"
              .formatted(settings.keyspace()));
    }
    requireReplication(actualReplication());
    List<Migration> pending = plan.pending(applied());
    if (!pending.isEmpty()) {
      throw new SchemaException(
          SCHEMA_PENDING,
          "keyspace %s: %s not applied (expected: migrated; run once with govcloud.cassandra.schema = migrate)"
              .formatted(settings.keyspace(), pending.stream().map(Migration::fileName).toList()));
    }
  }

  private void apply(Migration migration, SchemaLock lock) {
    LOG.info("applying {} to keyspace {}", migration.fileName(), settings.keyspace());
    for (String statement : migration.statements()) {
      lock.renew();
      change(migration.fileName(), filled(statement));
    }
    lock.renew();
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO "
                + table("schema_migration")
                + " (version, name, checksum, applied_at, applied_by)"
                + " VALUES (?, ?, ?, toTimestamp(now()), ?)",
            migration.version(),
            migration.name(),
            migration.checksum(),
            owner));
  }

  private String filled(String statement) {
    return statement
        .replace("${keyspace}", settings.keyspace())
        .replace("${replication}", settings.replication());
  }

  private void createKeyspace() {
    change(
        "keyspace " + settings.keyspace(),
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = %s AND durable_writes = true"
            .formatted(settings.keyspace(), settings.replication()));
  }

  /**
   * Nobody holds a lock yet. The fixed id makes it safe: two nodes that create the same table at
   * the same moment through different coordinators create one table, not two of the same name.
   */
  private void createOwnTables() {
    if (!tableExists("schema_migration")) {
      change(
          "schema_migration",
          "CREATE TABLE IF NOT EXISTS %s (version int PRIMARY KEY, name text, checksum text, applied_at timestamp, applied_by text) WITH ID = %s"
              .formatted(table("schema_migration"), fixedId("schema_migration")));
    }
    if (!tableExists("schema_lock")) {
      change(
          "schema_lock",
          "CREATE TABLE IF NOT EXISTS %s (name text PRIMARY KEY, owner text) WITH ID = %s AND gc_grace_seconds = 3600"
              .formatted(table("schema_lock"), fixedId("schema_lock")));
    }
    awaitTable("schema_migration");
    awaitTable("schema_lock");
  }

  /** Another node may be creating it: it is listed some moments before it can be used. */
  private void awaitTable(String name) {
    if (!isTrueInTime(name, isUsable(name), () -> isUsable(name))) {
      throw new SchemaException(
          SCHEMA_FAILED,
          "%s: cannot be used %d s after its creation, %s (expected: all nodes of Cassandra up)"
              .formatted(table(name), STATEMENT_TIMEOUT.toSeconds(), why));
    }
  }

  /** Asks again until it is so, or the time of a statement is over. */
  private static boolean isTrueInTime(String where, boolean already, BooleanSupplier question) {
    long start = System.nanoTime();
    boolean yes = already;
    while (!yes && System.nanoTime() - start < STATEMENT_TIMEOUT.toNanos()) {
      pause(where);
      yes = question.getAsBoolean();
    }
    return yes;
  }

  private boolean isUsable(String name) {
    try {
      session.execute("SELECT * FROM " + table(name) + " LIMIT 1");
      why = "nodes of Cassandra do not agree on the schema";
      return session.checkSchemaAgreement();
    } catch (DriverException notYet) {
      // Not known to the node that was asked, or to those that hold the rows, or they start; or
      // asked for before the grant to whoever made it, which Cassandra remembers for a while.
      why = notYet.getMessage();
      return false;
    }
  }

  private static void pause(String where) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaException(SCHEMA_FAILED, where + ": interrupted", e);
    }
  }

  /** Cassandra makes it, as nothing here may be random: two nodes of one name are still two. */
  private UUID unique() {
    return session.execute("SELECT uuid() FROM system.local").one().getUuid(0);
  }

  private UUID fixedId(String name) {
    return UUID.nameUUIDFromBytes(table(name).getBytes(StandardCharsets.UTF_8));
  }

  /** Executes one change and waits until all nodes of Cassandra know it. */
  private void change(String where, String statement) {
    try {
      execute(where, statement);
      // What the driver says of its own is true without a look while it keeps no schema.
      if (!isTrueInTime(where, session.checkSchemaAgreement(), session::checkSchemaAgreement)) {
        throw new SchemaException(
            SCHEMA_FAILED,
            "%s: Cassandra's nodes do not agree on the schema after %d s (expected: all nodes up)"
                .formatted(where, STATEMENT_TIMEOUT.toSeconds()));
      }
    } catch (DriverException e) {
      throw new SchemaException(
          SCHEMA_FAILED, where + ": " + e.getMessage() + ", in: " + statement, e);
    }
  }

  /**
   * A node of Cassandra that has just joined may not know the keyspace yet, and the others do not
   * count it when they agree. It has done nothing then.
   */
  private void execute(String where, String statement) {
    SimpleStatement change = SimpleStatement.newInstance(statement).setTimeout(STATEMENT_TIMEOUT);
    long start = System.nanoTime();
    while (true) {
      try {
        session.execute(change);
        return;
      } catch (InvalidQueryException e) {
        boolean isLate =
            String.valueOf(e.getMessage())
                .contains("Keyspace '" + settings.keyspace() + "' doesn't exist");
        if (!isLate || System.nanoTime() - start > STATEMENT_TIMEOUT.toNanos()) {
          throw e;
        }
        pause(where);
      }
    }
  }

  private Map<Integer, String> applied() {
    Map<Integer, String> applied = new HashMap<>();
    for (Row row : session.execute("SELECT version, checksum FROM " + table("schema_migration"))) {
      applied.put(row.getInt("version"), row.getString("checksum"));
    }
    return applied;
  }

  private boolean keyspaceExists() {
    return session
            .execute(
                "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
                settings.keyspace())
            .one()
        != null;
  }

  private boolean tableExists(String name) {
    return session
            .execute(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name"
                    + " = ?",
                settings.keyspace(),
                name)
            .one()
        != null;
  }

  private String actualReplication() {
    Row row =
        session
            .execute(
                "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?",
                settings.keyspace())
            .one();
    Map<String, String> replication = row.getMap("replication", String.class, String.class);
    return String.valueOf(replication);
  }

  private void requireReplication(String replication) {
    if (!replication.contains("NetworkTopologyStrategy")
        || !replication.contains(settings.localDatacenter())) {
      throw new SchemaException(
          SCHEMA_REPLICATION,
          "replication of keyspace %s: %s (expected: NetworkTopologyStrategy with a factor for datacenter %s)"
              .formatted(settings.keyspace(), replication, settings.localDatacenter()));
    }
  }

  private String table(String name) {
    return settings.keyspace() + "." + name;
  }
}
