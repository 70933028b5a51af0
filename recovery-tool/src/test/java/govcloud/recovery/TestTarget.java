package govcloud.recovery;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.Prover;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.Restore;
import govcloud.recovery.restore.RestoreSettings;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.store.FileSystemArchiveStore;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** A keyspace of a real Cassandra into which a lost cloud is restored. */
public final class TestTarget implements AutoCloseable {
  private final LocalCassandra cassandra;
  private final CassandraSettings settings;
  private final Replica replica;
  private Target opened;

  /** An empty keyspace in the Cassandra of all tests; the shares 2, 3 and 5 are there. */
  public TestTarget(LostCloud cloud, String name) throws Exception {
    this(cloud, name, LocalCassandra.shared());
  }

  /** An empty keyspace. */
  public TestTarget(LostCloud cloud, String name, LocalCassandra cassandra) throws Exception {
    this.cassandra = cassandra;
    settings = settings(cassandra.newKeyspaceName(name));
    replica =
        new Replica(
                FileSystemArchiveStore.open(cloud.archive()),
                cloud.trust(),
                RecoverySecrets.join(
                    cloud.keys().recovery(),
                    List.of(cloud.shares().get(4), cloud.shares().get(1), cloud.shares().get(2))))
            .requireMatching();
  }

  private CassandraSettings settings(String keyspace) {
    return CassandraSettings.from(
        ConfigFactory.parseMap(
                Map.of(
                    "govcloud.cassandra.contact-points",
                    List.of(
                        cassandra.contactPoint().getHostString()
                            + ":"
                            + cassandra.contactPoint().getPort()),
                    "govcloud.cassandra.keyspace",
                    keyspace,
                    "govcloud.cassandra.request-timeout",
                    "10s"))
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve());
  }

  /** The archive with the keys to open it. */
  public Replica replica() {
    return replica;
  }

  /** How the keyspace is reached. */
  public CassandraSettings settings() {
    return settings;
  }

  /** The newest point, or a cut. */
  public RecoveryPoint point(OptionalLong cut) throws Exception {
    return replica.point(cut);
  }

  /** The keyspace, opened once. */
  public Target target() throws RecoveryException {
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  /** Opens the keyspace once more. */
  public Target open() throws RecoveryException {
    return Target.open(settings, LostCloud.NAME);
  }

  /** Restores with a checkpoint after every few records. */
  public boolean restore(RecoveryPoint point) throws RecoveryException {
    return restore(point, new RestoreSettings(2, 8, 2000, 500, Writer.CQL));
  }

  /** Restores. */
  public boolean restore(RecoveryPoint point, RestoreSettings how) throws RecoveryException {
    return new Restore(replica, target(), point, how).run();
  }

  /** Proves. */
  public ProofReport prove(RecoveryPoint point) throws RecoveryException {
    return prover(point).run();
  }

  /** What proves. */
  public Prover prover(RecoveryPoint point) throws RecoveryException {
    return new Prover(replica, point, target().session(), target().keyspace(), 2);
  }

  /** Runs a statement; %s stands for the keyspace. */
  public ResultSet execute(String statement, Object... values) throws RecoveryException {
    return target().session().execute(statement.formatted(settings.keyspace()), values);
  }

  /** All rows of the journal's tables as text. */
  public SortedSet<String> rows() throws RecoveryException {
    SortedSet<String> rows = new TreeSet<>();
    for (String table : List.of("log", "chunk", "watermark")) {
      for (Row row : execute("SELECT * FROM %s." + table)) {
        rows.add(table + " " + row.getFormattedContents());
      }
    }
    return rows;
  }

  @Override
  public void close() {
    replica.secrets().close();
    if (opened != null) {
      opened.close();
    }
  }
}
