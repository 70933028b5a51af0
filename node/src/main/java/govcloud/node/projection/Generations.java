package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generations of every view there are, as this node knows: looked at once a second, so that
 * nodes change over within moments of each other while both generations are kept up.
 */
public final class Generations {

  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

  /** How long a generation is kept up after the last node should have stopped reading it. */
  static final Duration KEPT_UP = Duration.ofSeconds(15);

  private final CqlSession session;
  private final Clock clock;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private volatile Map<String, GenerationState> known = Map.of();

  /** Generations of the cloud that has this keyspace. */
  public Generations(CqlSession session, String keyspace, Clock clock) {
    this.session = session;
    this.clock = clock;
    String table = keyspace + ".view_generations";
    select =
        session.prepare(
            "SELECT view_name, serving, building, dropping, last, operation, changed_at FROM "
                + table);
    insert =
        session.prepare(
            "INSERT INTO "
                + table
                + " (view_name, serving, building, dropping, last, operation, changed_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    update =
        session.prepare(
            "UPDATE "
                + table
                + " SET serving = ?, building = ?, dropping = ?, last = ?, operation = ?,"
                + " changed_at = ? WHERE view_name = ? IF serving = ? AND building = ? AND"
                + " dropping = ? AND last = ?");
  }

  /** Looks at once; keeps what was known when Cassandra does not answer. */
  void look() {
    states()
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                LOG.warn("generations of views: {}", failure.toString());
              }
            });
  }

  /** Looks, and waits: a node must not begin with a generation that is no longer served. */
  void lookNow() {
    take(session.execute(select.bind()));
  }

  /** The stored states, by view; also remembers them. */
  CompletionStage<Map<String, GenerationState>> states() {
    return session.executeAsync(select.bind()).thenApply(rows -> take(rows.currentPage()));
  }

  private Map<String, GenerationState> take(Iterable<Row> rows) {
    Map<String, GenerationState> found = new HashMap<>();
    rows.forEach(row -> found.put(row.getString("view_name"), state(row)));
    known = Map.copyOf(found);
    return known;
  }

  private static GenerationState state(Row row) {
    return new GenerationState(
        row.getString("view_name"),
        row.getInt("serving"),
        number(row, "building"),
        number(row, "dropping"),
        row.getInt("last"),
        row.getString("operation"),
        row.getInstant("changed_at"));
  }

  private static Optional<Integer> number(Row row, String column) {
    return row.isNull(column) ? Optional.empty() : Optional.of(row.getInt(column));
  }

  /** What is known of a view. */
  public GenerationState of(String view) {
    return known.getOrDefault(view, GenerationState.first(view));
  }

  /** The generation that lists are read from. */
  public Generation serving(String view) {
    return new Generation(view, of(view).serving());
  }

  /** The generations of a view that are to be kept up now. */
  List<Generation> followed(String view) {
    GenerationState state = of(view);
    boolean read = clock.instant().isBefore(state.changedAt().plus(KEPT_UP));
    return state.followed(read).stream().map(number -> new Generation(view, number)).toList();
  }

  /** Replaces a state unless somebody else has; tells whether it did. */
  CompletionStage<Boolean> change(GenerationState from, GenerationState to) {
    var statement =
        from.equals(GenerationState.first(from.view()))
            ? insert.bind(
                to.view(),
                to.serving(),
                to.building().orElse(null),
                to.dropping().orElse(null),
                to.last(),
                to.operation(),
                to.changedAt())
            : update.bind(
                to.serving(),
                to.building().orElse(null),
                to.dropping().orElse(null),
                to.last(),
                to.operation(),
                to.changedAt(),
                to.view(),
                from.serving(),
                from.building().orElse(null),
                from.dropping().orElse(null),
                from.last());
    return session
        .executeAsync(statement)
        .thenCompose(done -> states().thenApply(looked -> done.wasApplied()));
  }

  /** Now, by the clock that states are written with. */
  Clock clock() {
    return clock;
  }
}
