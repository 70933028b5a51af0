package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The newest snapshot of every entity. Written with the sequence as timestamp: the highest wins in
 * whatever order writes arrive.
 */
public final class CassandraSnapshots {

  /**
   * A snapshot as stored.
   *
   * @param entityId whose
   * @param sequence of the last record in it
   * @param takenAt milliseconds since 1970
   * @param serializer identifier of the serializer
   * @param manifest for the serializer
   * @param payload serialized state
   */
  public record Snapshot(
      String entityId,
      long sequence,
      long takenAt,
      int serializer,
      String manifest,
      ByteBuffer payload) {}

  private final CqlSession session;
  private final String table;

  /** The snapshots of one keyspace. */
  public CassandraSnapshots(CqlSession session, String keyspace) {
    this.session = session;
    this.table = keyspace + ".snapshot";
  }

  /** The newest snapshot of an entity, if there is one. */
  public CompletionStage<Optional<Snapshot>> load(String entityId) {
    return execute(
            "SELECT sequence, taken_at, serializer, manifest, payload FROM "
                + table
                + " WHERE entity = ?",
            entityId)
        .thenApply(result -> Optional.ofNullable(result.one()).map(row -> snapshot(entityId, row)));
  }

  private static Snapshot snapshot(String entityId, Row row) {
    return new Snapshot(
        entityId,
        row.getLong("sequence"),
        row.getLong("taken_at"),
        row.getInt("serializer"),
        row.getString("manifest"),
        row.getByteBuffer("payload"));
  }

  /** Keeps a snapshot, unless there is one of a higher sequence. */
  public CompletionStage<Void> save(Snapshot snapshot) {
    return execute(
            "INSERT INTO "
                + table
                + " (entity, sequence, taken_at, serializer, manifest, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?",
            snapshot.entityId(),
            snapshot.sequence(),
            snapshot.takenAt(),
            snapshot.serializer(),
            snapshot.manifest(),
            snapshot.payload(),
            snapshot.sequence())
        .thenApply(result -> null);
  }

  /** Removes the snapshot unless its sequence is higher. */
  public CompletionStage<Void> deleteUpTo(String entityId, long sequence) {
    return execute(
            "DELETE FROM " + table + " USING TIMESTAMP ? WHERE entity = ?",
            Math.min(sequence, 1L << 40),
            entityId)
        .thenApply(result -> null);
  }

  private CompletionStage<AsyncResultSet> execute(String cql, Object... values) {
    SimpleStatement statement = SimpleStatement.newInstance(cql).setIdempotent(true);
    return session
        .prepareAsync(statement)
        .thenCompose(prepared -> session.executeAsync(prepared.bind(values)));
  }
}
