package govcloud.journal.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.cassandra.CassandraSettings;

/** Whether a keyspace holds a cloud that was rebuilt after the loss of its site. */
public final class RecoveryState {
  /** The state in which nodes may work: everything was compared and found the same. */
  private static final String PROVED = "PROVED";

  /** The state in which nodes may work for those departments that are proved already. */
  private static final String OPENING = "OPENING";

  /** The state of a proved copy of one department. */
  private static final String COPY = "COPY";

  private RecoveryState() {}

  /**
   * Refuses a keyspace that is not the proved copy of this department.
   *
   * @throws SchemaException with {@code SCHEMA_COPY}
   */
  public static void requireCopy(CqlSession session, CassandraSettings settings, String tenant) {
    Row row = session.execute("SELECT * FROM " + settings.keyspace() + ".recovery").one();
    if (row == null
        || !COPY.equals(row.getString("state"))
        || !tenant.equals(row.getString("tenant"))) {
      throw new SchemaException(
          SchemaException.Code.SCHEMA_COPY,
          "keyspace %s: no proved copy of department %s (expected: one, or a node without govcloud.node.copy-of)"
              .formatted(settings.keyspace(), tenant));
    }
  }

  /**
   * Refuses a keyspace that is being rebuilt, or in which the proof found differences: what a node
   * wrote there could not be told from what was lost.
   *
   * @return whether departments are still proved one by one, and each is closed until it is
   * @throws SchemaException with {@code SCHEMA_RECOVERY_UNPROVED}, with {@code SCHEMA_COPY} where
   *     it holds one department alone
   */
  public static boolean requireProved(CqlSession session, CassandraSettings settings) {
    boolean opening = false;
    for (Row row :
        session.execute(
            "SELECT cloud, point, tenant, state FROM " + settings.keyspace() + ".recovery")) {
      String state = row.getString("state");
      if (!row.isNull("tenant")) {
        throw new SchemaException(
            SchemaException.Code.SCHEMA_COPY,
            "keyspace %s: a copy of department %s alone (expected: a whole cloud; `recover clone` starts nodes on copies)"
                .formatted(settings.keyspace(), row.getString("tenant")));
      }
      opening |= OPENING.equals(state);
      if (!PROVED.equals(state) && !OPENING.equals(state)) {
        throw new SchemaException(
            SchemaException.Code.SCHEMA_RECOVERY_UNPROVED,
            "keyspace %s: recovery of %s, %s, is %s (expected: PROVED; run recover restore and recover prove)"
                .formatted(
                    settings.keyspace(), row.getString("cloud"), row.getString("point"), state));
      }
    }
    return opening;
  }
}
