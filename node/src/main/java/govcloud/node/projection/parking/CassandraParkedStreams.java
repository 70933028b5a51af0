package govcloud.node.projection.parking;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.node.projection.AllRows;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Parked streams in Cassandra; stages fail with the driver's exceptions. */
public final class CassandraParkedStreams implements ParkedStreams {

  private final CqlSession session;
  private final PreparedStatement ofView;
  private final PreparedStatement ofSlice;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  /** Parked streams of the cloud that has this keyspace. */
  public CassandraParkedStreams(CqlSession session, String keyspace) {
    this.session = session;
    String table = keyspace + ".parked_streams";
    String columns = "view_name, slice, entity, sequence, position, last_sequence, reason, since";
    ofView = session.prepare("SELECT " + columns + " FROM " + table + " WHERE view_name = ?");
    ofSlice =
        session.prepare(
            "SELECT " + columns + " FROM " + table + " WHERE view_name = ? AND slice = ?");
    insert =
        session.prepare(
            "INSERT INTO "
                + table
                + " ("
                + columns
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    delete =
        session.prepare(
            "DELETE FROM "
                + table
                + " USING TIMESTAMP ? WHERE view_name = ? AND slice = ? AND entity = ?");
  }

  @Override
  public CompletionStage<List<ParkedStream>> of(String view) {
    return streams(ofView.bind(view));
  }

  @Override
  public CompletionStage<List<ParkedStream>> of(String view, int slice) {
    return streams(ofSlice.bind(view, slice));
  }

  private CompletionStage<List<ParkedStream>> streams(Statement<?> select) {
    return session
        .executeAsync(select)
        .thenCompose(AllRows::of)
        .thenApply(rows -> rows.stream().map(CassandraParkedStreams::stream).toList());
  }

  @Override
  public CompletionStage<?> keep(ParkedStream stream, long position) {
    return session.executeAsync(
        insert.bind(
            stream.view(),
            stream.slice(),
            stream.entity(),
            stream.sequence(),
            stream.position(),
            stream.lastSequence(),
            stream.reason(),
            stream.since(),
            position));
  }

  @Override
  public CompletionStage<?> forget(ParkedStream stream, long position) {
    return session.executeAsync(
        delete.bind(position, stream.view(), stream.slice(), stream.entity()));
  }

  private static ParkedStream stream(Row row) {
    return new ParkedStream(
        row.getString("view_name"),
        row.getInt("slice"),
        row.getString("entity"),
        row.getLong("sequence"),
        row.getLong("position"),
        row.getLong("last_sequence"),
        row.getString("reason"),
        row.getInstant("since"));
  }
}
