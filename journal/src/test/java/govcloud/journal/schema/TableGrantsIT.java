package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.cassandra.TablePart;
import govcloud.localcassandra.CassandraRole;
import govcloud.localcassandra.LocalCassandra;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles that {@code up} gives its nodes, on a Cassandra as {@code up} starts it. */
@Tag("slow")
class TableGrantsIT {
  private static final String KEYSPACE = "living";

  @TempDir private Path home;
  private LocalCassandra cassandra;

  @Test
  void roles_useTheirOwnTablesAndNoOthers() {
    try (LocalCassandra started =
        LocalCassandra.start(LocalCassandra.Settings.in(home).withAuthentication(true))) {
      cassandra = started;
      CassandraSettings node = settings(CassandraRole.nodeLogin(home));
      Set<String> tables;
      try (CqlSession owner = CassandraSessions.open(node)) {
        SchemaMigrations.run(owner, node, SchemaMode.MIGRATE, "node-1");
        SchemaMigrations.run(owner, node, SchemaMode.MIGRATE, "node-2");
        tables = tables(owner);
      }
      for (TablePart part : TablePart.values()) {
        try (CqlSession session = CassandraSessions.open(node.as(part))) {
          usesItsOwnAlone(session, TableGrants.tables(part), tables);
          ownsNothing(session, TableGrants.tables(part).get(0));
        }
      }
      recoveryMakesItsOwnAlone(tables);
      whoWasRefused_isLetInSoonAfterTheGrant(node);
    }
  }

  /** To empty a table asks for the right to write, of any table. */
  private static void usesItsOwnAlone(CqlSession session, List<String> own, Set<String> tables) {
    for (String table : tables) {
      String read = "SELECT * FROM living." + table + " LIMIT 1";
      String write = "TRUNCATE living." + table;
      if (own.contains(table)) {
        session.execute(read);
        session.execute(write);
      } else {
        if (table.equals("schema_migration")) {
          assertThat(session.execute(read).all()).hasSize(1);
        } else {
          assertRefused(session, read);
        }
        assertRefused(session, write);
      }
    }
  }

  /** Nodes that start at once ask for tables before another one's grants are through. */
  private static void whoWasRefused_isLetInSoonAfterTheGrant(CassandraSettings node) {
    try (CqlSession owner = CassandraSessions.open(node);
        CqlSession journal = CassandraSessions.open(node.as(TablePart.JOURNAL))) {
      String read = "SELECT * FROM living.case_rows";
      assertRefused(journal, read);
      owner.execute("GRANT SELECT ON TABLE living.case_rows TO govcloud_journal");
      await()
          .atMost(SchemaMigrations.STATEMENT_TIMEOUT.dividedBy(2))
          .ignoreExceptionsInstanceOf(UnauthorizedException.class)
          .untilAsserted(() -> assertThat(journal.execute(read).all()).isEmpty());
    }
  }

  private static void ownsNothing(CqlSession session, String own) {
    assertRefused(session, "DROP TABLE living." + own);
    assertRefused(session, "ALTER TABLE living." + own + " ADD more int");
    assertRefused(session, "GRANT SELECT ON living." + own + " TO govcloud_recovery");
    assertRefused(session, "CREATE TABLE living.other (id int PRIMARY KEY)");
    assertRefused(session, "DROP KEYSPACE living");
    assertRefused(
        session,
        "CREATE KEYSPACE other WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    assertRefused(session, "SELECT salted_hash FROM system_auth.roles");
    assertRefused(session, "CREATE ROLE other WITH PASSWORD = 'x' AND LOGIN = true");
    assertRefused(session, "GRANT govcloud_node TO govcloud_journal");
  }

  /** What it has rebuilt is a keyspace like any other, whose nodes log in as ever. */
  private void recoveryMakesItsOwnAlone(Set<String> tables) {
    CassandraSettings recovery = settings(CassandraRole.RECOVERY.login(home), "rebuilt");
    try (CqlSession session = CassandraSessions.open(recovery)) {
      tables.forEach(table -> assertRefused(session, "SELECT * FROM living." + table));
      tables.forEach(table -> assertRefused(session, "TRUNCATE living." + table));
      SchemaMigrations.run(session, recovery, SchemaMode.MIGRATE, "recovery");
    }
    CassandraSettings node = settings(CassandraRole.nodeLogin(home), "rebuilt");
    try (CqlSession journal = CassandraSessions.open(node.as(TablePart.JOURNAL));
        CqlSession owner = CassandraSessions.open(node)) {
      SchemaMigrations.run(owner, node, SchemaMode.MIGRATE, "node-1");
      assertThat(journal.execute("SELECT * FROM rebuilt.log").all()).isEmpty();
      assertRefused(journal, "SELECT * FROM rebuilt.case_rows");
    }
  }

  private static Set<String> tables(CqlSession session) {
    return session
        .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", KEYSPACE)
        .all()
        .stream()
        .map(row -> row.getString("table_name"))
        .collect(Collectors.toSet());
  }

  private static void assertRefused(CqlSession session, String statement) {
    assertThatThrownBy(() -> session.execute(statement))
        .as(statement)
        .isInstanceOf(UnauthorizedException.class);
  }

  private CassandraSettings settings(Map<String, String> login) {
    return settings(login, KEYSPACE);
  }

  private CassandraSettings settings(Map<String, String> login, String keyspace) {
    Map<String, Object> said = new HashMap<>();
    login.forEach((key, value) -> said.put(CassandraSettings.PATH + "." + key, value));
    said.put(
        CassandraSettings.PATH + ".contact-points",
        List.of("127.0.0.1:" + cassandra.contactPoint().getPort()));
    said.put(CassandraSettings.PATH + ".keyspace", keyspace);
    said.put(CassandraSettings.PATH + ".request-timeout", "30s");
    return CassandraSettings.from(
        ConfigFactory.parseMap(said)
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve());
  }
}
