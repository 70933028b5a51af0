package govcloud.node;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.localcassandra.LocalCassandra;

/**
 * An empty keyspace of its own on the shared Cassandra, with all tables.
 *
 * @param session to be closed with it
 * @param name of the keyspace
 */
public record TestKeyspace(CqlSession session, String name) implements AutoCloseable {

  /**
   * Makes one.
   *
   * @param purpose stands in its name
   */
  public static TestKeyspace open(String purpose) {
    var cassandra = LocalCassandra.shared();
    var name = cassandra.newKeyspaceName(purpose);
    var address = cassandra.contactPoint();
    var settings =
        CassandraSettings.from(
            ConfigFactory.parseString(
                    "govcloud.cassandra { contact-points = [\"%s:%d\"], keyspace = \"%s\" }"
                        .formatted(address.getHostString(), address.getPort(), name))
                .withFallback(ConfigFactory.load())
                .resolve());
    var session = CassandraSessions.open(settings);
    SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "test");
    return new TestKeyspace(session, name);
  }

  @Override
  public void close() {
    session.close();
  }
}
