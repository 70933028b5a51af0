package govcloud.journal.schema;

import static govcloud.journal.schema.SchemaException.Code.SCHEMA_FAILED;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.cassandra.CassandraSettings.User;
import govcloud.journal.cassandra.TablePart;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Lets the roles that the settings name use their tables, each its own and no other's. */
final class TableGrants {
  private static final String FILE = "cassandra/roles.properties";

  private TableGrants() {}

  /** Grants what is missing; the session is the owner's. */
  static void grant(CqlSession session, CassandraSettings settings) {
    List<CompletionStage<AsyncResultSet>> granted = new ArrayList<>();
    settings
        .users()
        .forEach(
            (part, user) -> {
              for (String table : tables(part)) {
                granted.add(grant(session, settings, "SELECT, MODIFY", table, user));
              }
              granted.add(grant(session, settings, "SELECT", "schema_migration", user));
            });
    granted.forEach(TableGrants::await);
  }

  /** The names of a part's tables. */
  static List<String> tables(TablePart part) {
    Properties roles = new Properties();
    try (InputStream in = TableGrants.class.getClassLoader().getResourceAsStream(FILE)) {
      roles.load(in);
    } catch (IOException e) {
      throw new SchemaException(SCHEMA_FAILED, FILE + ": " + e + " (expected: readable)", e);
    }
    return List.of(roles.getProperty(part.name().toLowerCase(Locale.ROOT)).split(" +", -1));
  }

  private static CompletionStage<AsyncResultSet> grant(
      CqlSession session, CassandraSettings settings, String what, String table, User user) {
    return session.executeAsync(
        SimpleStatement.newInstance(
                "GRANT %s ON TABLE %s.%s TO \"%s\""
                    .formatted(what, settings.keyspace(), table, user.name().replace("\"", "\"\"")))
            .setTimeout(SchemaMigrations.STATEMENT_TIMEOUT));
  }

  private static void await(CompletionStage<?> grant) {
    try {
      grant.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DriverException refused) {
        throw new SchemaException(
            SCHEMA_FAILED, FILE + ": " + refused.getMessage() + " (expected: granted)", refused);
      }
      throw e;
    }
  }
}
