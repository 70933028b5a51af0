package govcloud.node.exchange.crossing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.JsonProcessingException;
import govcloud.node.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How things stand with the clouds that are reached through gateways, for whoever looks. */
public final class BundleReports {

  private final CqlSession session;
  private final PreparedStatement write;
  private final PreparedStatement all;

  /** Reports in a keyspace. */
  public BundleReports(CqlSession session, String keyspace) {
    this.session = session;
    this.write =
        session.prepare("UPDATE " + keyspace + ".crossing_clouds SET state = ? WHERE cloud = ?");
    this.all = session.prepare("SELECT state FROM " + keyspace + ".crossing_clouds");
  }

  /** Keeps how things stand with a cloud. */
  CompletionStage<Void> write(BundleState state) {
    return session
        .executeAsync(write.bind(Json.mapper().valueToTree(state).toString(), state.cloud()))
        .thenApply(done -> null);
  }

  /** How things stand with all clouds that there are or were; few. */
  public CompletionStage<List<BundleState>> all() {
    return session
        .executeAsync(all.bind())
        .thenApply(
            rows ->
                StreamSupport.stream(rows.currentPage().spliterator(), false)
                    .flatMap(BundleReports::state)
                    .toList());
  }

  private static Stream<BundleState> state(Row row) {
    try {
      var text = Optional.ofNullable(row.getString("state"));
      return text.isEmpty()
          ? Stream.empty()
          : Stream.of(Json.mapper().readValue(text.get(), BundleState.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("state: kept as it does not read", e);
    }
  }
}
