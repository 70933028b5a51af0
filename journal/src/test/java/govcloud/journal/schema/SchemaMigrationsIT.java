package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.schema.SchemaException.Code;
import govcloud.localcassandra.LocalCassandra;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaMigrationsIT {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Migration TABLE =
      Migration.parse(
          "V001__a.cql", "CREATE TABLE IF NOT EXISTS ${keyspace}.a (id int PRIMARY KEY)");
  private static final Migration COLUMN =
      Migration.parse("V002__b.cql", "ALTER TABLE ${keyspace}.a ADD IF NOT EXISTS b text");

  private final LocalCassandra cassandra = LocalCassandra.shared();
  private CqlSession session;

  @BeforeAll
  void open() {
    session = CassandraSessions.open(settings("none"));
  }

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void severalNodesStartAtOnce_eachFileIsAppliedOnceAndAllGoOn()
      throws InterruptedException, ExecutionException {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("together"));
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        SchemaMigrations migrations = migrations(settings, "node-" + node, TABLE, COLUMN);
        runs.add(nodes.submit(migrations::migrate));
      }
      int applied = 0;
      for (Future<Integer> run : runs) {
        applied += run.get();
      }
      assertThat(applied).isEqualTo(2);
    } finally {
      nodes.shutdownNow();
    }
    assertThat(
            session
                .execute(
                    "SELECT applied_by FROM %s.schema_migration".formatted(settings.keyspace()))
                .all())
        .extracting(row -> row.getString(0))
        .hasSize(2)
        .containsOnly(by(settings));
    migrations(settings, "late", TABLE, COLUMN).verify();
  }

  @Test
  void rebuiltCloud_notProved_isNoPlaceForNodes() {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("rebuilt"));
    SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "node-1");
    assertThat(RecoveryState.requireProved(session, settings)).isFalse();
    String insert =
        "INSERT INTO " + settings.keyspace() + ".recovery (cloud, point, state) VALUES (?, ?, ?)";
    session.execute(insert, "harbour", "latest", "RESTORED");
    assertThatThrownBy(() -> RecoveryState.requireProved(session, settings))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("harbour, latest, is RESTORED")
        .extracting(failure -> ((SchemaException) failure).code())
        .isEqualTo(Code.SCHEMA_RECOVERY_UNPROVED);
    session.execute(insert, "harbour", "latest", "OPENING");
    assertThat(RecoveryState.requireProved(session, settings)).isTrue();
    session.execute(insert, "harbour", "latest", "PROVED");
    assertThat(RecoveryState.requireProved(session, settings)).isFalse();
    assertIsCopyAlone(settings);
  }

  private void assertIsCopyAlone(CassandraSettings settings) {
    assertNoCopy(settings, "housing");
    session.execute(
        "UPDATE "
            + settings.keyspace()
            + ".recovery SET tenant = 'housing', state = 'COPY' WHERE cloud = 'harbour'");
    RecoveryState.requireCopy(session, settings, "housing");
    assertNoCopy(settings, "transport");
    assertThatThrownBy(() -> RecoveryState.requireProved(session, settings))
        .hasMessageContaining("a copy of department housing alone")
        .extracting(failure -> ((SchemaException) failure).code())
        .isEqualTo(Code.SCHEMA_COPY);
  }

  @Test
  void keyspace_madeWithOtherSettings_isRefused_andOneOfAVersionBeforeNotesThem() {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("settings"));
    SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "node-1");
    Config first = configuration("slices = 16");
    KeyspaceSettings.require(session, settings, first, false);
    KeyspaceSettings.require(session, settings, first, true);
    KeyspaceSettings.require(
        session, settings, configuration("slices = 16, kind = EXTRANET"), true);
    assertThat(KeyspaceSettings.read(session, settings.keyspace()))
        .containsEntry("govcloud.journal.slices", "16")
        .containsEntry("govcloud.node.cloud", "harbour")
        .hasSize(5);
    assertOther(settings, "slices = 8", "govcloud.journal.slices: 8 (expected: 16, with which");
    assertOther(settings, "slices = 16, zone = UTC", "govcloud.catalogue.time-zone: UTC (expected");
    assertOther(
        settings, "slices = 16, name = mountain", "govcloud.node.cloud: mountain (expected");
    session.execute(
        "DELETE FROM "
            + settings.keyspace()
            + ".keyspace_setting WHERE name = 'govcloud.catalogue.time-zone'");
    assertOther(settings, "slices = 8, zone = UTC", "govcloud.journal.slices");
    assertThat(KeyspaceSettings.read(session, settings.keyspace()))
        .as("who is refused notes nothing")
        .hasSize(4);
    KeyspaceSettings.require(session, settings, configuration("slices = 16, zone = UTC"), true);
    assertOther(settings, "slices = 16", "Asia/Shanghai (expected: UTC");
  }

  private void assertOther(CassandraSettings settings, String words, String message) {
    assertThatThrownBy(
            () -> KeyspaceSettings.require(session, settings, configuration(words), false))
        .hasMessageContaining(message)
        .extracting(failure -> ((SchemaException) failure).code())
        .isEqualTo(Code.SCHEMA_SETTINGS_DIFFER);
  }

  private static Config configuration(String words) {
    return ConfigFactory.parseString(
            "kind = extranet, zone = Asia/Shanghai, name = harbour\n" + words)
        .withFallback(
            ConfigFactory.parseString(
                "govcloud { node.cloud = ${name}, journal.slices = ${slices}, catalogue {"
                    + " calendar = cn, time-zone = ${zone}, cloud-kind = ${kind} } }"))
        .resolve();
  }

  private void assertNoCopy(CassandraSettings settings, String tenant) {
    assertThatThrownBy(() -> RecoveryState.requireCopy(session, settings, tenant))
        .extracting(failure -> ((SchemaException) failure).code())
        .isEqualTo(Code.SCHEMA_COPY);
  }

  @Test
  void filesOfThisRelease_runTwice_makeTheTablesOnce() {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("release"));

    SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "node-1");
    SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "node-2");
    SchemaMigrations.run(session, settings, SchemaMode.VERIFY, "node-3");

    assertThat(
            session
                .execute(
                    "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '%s'"
                        .formatted(settings.keyspace()))
                .all())
        .extracting(row -> row.getString(0))
        .contains("log");
  }

  @Test
  void nothingMigrated_verify_saysWhatIsPending() {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("pending"));
    assertRefused(Code.SCHEMA_PENDING, migrations(settings, "node", TABLE)::verify);

    migrations(settings, "node", TABLE).migrate();

    assertRefused(Code.SCHEMA_PENDING, migrations(settings, "node", TABLE, COLUMN)::verify);
  }

  @Test
  void fileRefusedHalfWay_mendedAndRunAgain_goesOnWhereItStopped() {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("half"));
    Migration broken =
        Migration.parse(
            "V002__b.cql", COLUMN.statements().get(0) + "; CREATE NONSENSE IF NOT EXISTS");
    assertRefused(Code.SCHEMA_FAILED, migrations(settings, "node", TABLE, broken)::migrate);

    assertThat(migrations(settings, "node", TABLE, COLUMN).migrate()).isEqualTo(1);
  }

  @Test
  void nodeDiedWithTheLock_another_goesOnAfterTheLease() {
    CassandraSettings settings = settings(cassandra.newKeyspaceName("lease"));
    migrations(settings, "first", TABLE).migrate();
    String table = settings.keyspace() + ".schema_lock";
    SchemaLock dead =
        SchemaLock.take(session, table, "dead", Duration.ofSeconds(3), Duration.ofSeconds(5));

    assertRefused(
        Code.SCHEMA_LOCKED,
        () -> SchemaLock.take(session, table, "hasty", LEASE, Duration.ofMillis(500)).close());
    assertThat(migrations(settings, "patient", TABLE, COLUMN).migrate()).isEqualTo(1);
    assertRefused(Code.SCHEMA_LOCKED, dead::renew);
  }

  @Test
  void simpleStrategyOrAnotherDatacenter_migrate_isRefused() {
    String keyspace = cassandra.newKeyspaceName("simple");
    String simple = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    assertRefused(
        Code.SCHEMA_REPLICATION, migrations(settings(keyspace, simple), "node", TABLE)::migrate);
    session.execute("CREATE KEYSPACE " + keyspace + " WITH replication = " + simple);

    assertRefused(Code.SCHEMA_REPLICATION, migrations(settings(keyspace), "node", TABLE)::migrate);
  }

  private String by(CassandraSettings settings) {
    return session
        .execute(
            "SELECT applied_by FROM %s.schema_migration LIMIT 1".formatted(settings.keyspace()))
        .one()
        .getString(0);
  }

  private SchemaMigrations migrations(
      CassandraSettings settings, String node, Migration... migrations) {
    return new SchemaMigrations(session, settings, List.of(migrations), node, LEASE);
  }

  private CassandraSettings settings(String keyspace) {
    return settings(keyspace, "{'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
  }

  private CassandraSettings settings(String keyspace, String replication) {
    String address =
        cassandra.contactPoint().getHostString() + ":" + cassandra.contactPoint().getPort();
    return CassandraSettings.from(
        ConfigFactory.parseMap(
                Map.of(
                    "govcloud.cassandra.contact-points",
                    List.of(address),
                    "govcloud.cassandra.keyspace",
                    keyspace,
                    "govcloud.cassandra.replication",
                    replication,
                    "govcloud.cassandra.request-timeout",
                    "20s"))
            .withFallback(ConfigFactory.load()));
  }

  private static void assertRefused(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            SchemaException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
