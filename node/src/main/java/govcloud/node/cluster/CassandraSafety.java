package govcloud.node.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;

/**
 * Whether every Cassandra keeps what it acknowledges. Two of its settings decide that, each node of
 * Cassandra has its own, and no statement can make up for them.
 */
public final class CassandraSafety {

  private static final String COMMIT_LOG = "commitlog_sync";
  private static final String PAXOS = "paxos_variant";
  private static final String QUESTION =
      "SELECT name, value FROM system_views.settings WHERE name IN ('"
          + COMMIT_LOG
          + "', '"
          + PAXOS
          + "')";

  /** Who asks waits for all, so that one that is frozen must not use up its patience. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final CqlSession session;

  /**
   * A setting under which the log is not safe.
   *
   * @param cassandra its address
   * @param setting its name in {@code cassandra.yaml}
   * @param value what it is, or why that is not known
   * @param expected what it has to be
   */
  public record Unsafe(String cassandra, String setting, String value, String expected) {}

  /** Asks the Cassandras of a session. */
  public CassandraSafety(CqlSession session) {
    this.session = session;
  }

  /** Writes into the log what is unsafe; returns at once. */
  public void report(Logger log) {
    look()
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                log.warn("settings of Cassandra: not known: {}", failure.toString());
              } else {
                found.forEach(
                    one ->
                        log.error(
                            "CASSANDRA_UNSAFE: {}, {}: {} (expected: {})",
                            one.cassandra(),
                            one.setting(),
                            one.value(),
                            one.expected()));
              }
            });
  }

  /** What is unsafe at the Cassandras of this datacenter that answer. */
  public CompletionStage<List<Unsafe>> look() {
    List<CompletableFuture<List<Unsafe>>> asked = new ArrayList<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      if (node.getState() == NodeState.UP && node.getDistance() != NodeDistance.IGNORED) {
        asked.add(ask(node).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> asked.stream().flatMap(one -> one.join().stream()).toList());
  }

  private CompletionStage<List<Unsafe>> ask(Node node) {
    String name = node.getEndPoint().toString();
    return session
        .executeAsync(
            SimpleStatement.newInstance(QUESTION)
                .setIdempotent(true)
                .setConsistencyLevel(DefaultConsistencyLevel.ONE)
                .setTimeout(TIMEOUT)
                .setNode(node))
        .handle((rows, failure) -> failure == null ? judge(name, values(rows)) : of(name, failure));
  }

  private static Map<String, String> values(AsyncResultSet rows) {
    Map<String, String> values = new HashMap<>();
    for (Row row : rows.currentPage()) {
      values.put(row.getString("name"), row.getString("value"));
    }
    return values;
  }

  /** One that refuses the question cannot be trusted; one that is away is told elsewhere. */
  private static List<Unsafe> of(String cassandra, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof QueryValidationException
        ? List.of(
            new Unsafe(cassandra, "system_views.settings", cause.getMessage(), "to be readable"))
        : List.of();
  }

  /** What is unsafe among the settings of one Cassandra. Pure. */
  static List<Unsafe> judge(String cassandra, Map<String, String> settings) {
    List<Unsafe> found = new ArrayList<>();
    require(found, cassandra, COMMIT_LOG, settings, List.of("batch", "group"));
    require(found, cassandra, PAXOS, settings, List.of("v2"));
    return found;
  }

  private static void require(
      List<Unsafe> found,
      String cassandra,
      String setting,
      Map<String, String> settings,
      List<String> safe) {
    String value = settings.getOrDefault(setting, "not there");
    if (!safe.contains(value.toLowerCase(Locale.ROOT))) {
      found.add(new Unsafe(cassandra, setting, value, String.join(" or ", safe)));
    }
  }
}
