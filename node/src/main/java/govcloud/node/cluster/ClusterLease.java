package govcloud.node.cluster;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.plugin.SliceJournal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.pattern.Patterns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the two sides of a cluster that fell apart ask for in Cassandra; whoever gets it goes on,
 * the other side ends itself. Named in base.conf and made by Pekko. It ends by itself after {@code
 * heartbeat-timeout} and is not renewed, since it is needed for one decision.
 */
public final class ClusterLease extends Lease {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLease.class);
  private static final int ATTEMPTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final LeaseSettings settings;
  private final ExtendedActorSystem system;
  private final Duration term;
  private volatile boolean held;
  private volatile long heldUntil;

  /** For Pekko, which gives these two. */
  public ClusterLease(LeaseSettings settings, ExtendedActorSystem system) {
    this.settings = settings;
    this.system = system;
    this.term = settings.timeoutSettings().getHeartbeatTimeout();
  }

  @Override
  public LeaseSettings getSettings() {
    return settings;
  }

  /** Whether this node has the lease now; asked a few times while Cassandra does not answer. */
  @Override
  public CompletionStage<Boolean> acquire() {
    return Patterns.retry(this::attempt, ATTEMPTS, PAUSE, system);
  }

  /** The same; a lease that ends by itself is not reported as lost. */
  @Override
  public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
    return acquire();
  }

  private CompletionStage<Boolean> attempt() {
    // from before the question, so that it ends here before it ends there
    long until = System.nanoTime() + term.toNanos();
    return execute(
            "INSERT INTO %s (name, owner) VALUES (?, ?) IF NOT EXISTS USING TTL ?",
            settings.leaseName(), settings.ownerName(), seconds())
        .thenCompose(
            result ->
                result.wasApplied()
                    ? CompletableFuture.completedStage(true)
                    : renew(result.one().getString("owner")))
        .thenApply(
            mine -> {
              heldUntil = until;
              held = mine;
              return mine;
            });
  }

  /** An answer that got lost, or this node's last decision: it is this node's all the same. */
  private CompletionStage<Boolean> renew(String owner) {
    if (!settings.ownerName().equals(owner)) {
      LOG.info("the lease of the cluster is with {}", owner);
      return CompletableFuture.completedStage(false);
    }
    return execute(
            "UPDATE %s USING TTL ? SET owner = ? WHERE name = ? IF owner = ?",
            seconds(), owner, settings.leaseName(), owner)
        .thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Boolean> release() {
    held = false;
    return execute(
            "DELETE FROM %s WHERE name = ? IF owner = ?",
            settings.leaseName(), settings.ownerName())
        .thenApply(result -> true);
  }

  @Override
  public boolean checkLease() {
    return held && System.nanoTime() - heldUntil < 0;
  }

  private int seconds() {
    return Math.toIntExact(term.toSeconds());
  }

  private CompletionStage<AsyncResultSet> execute(String statement, Object... values) {
    SliceJournal journal = SliceJournal.get(system);
    String table = journal.cassandra().keyspace() + ".cluster_lease";
    return journal
        .session(TablePart.STATE)
        .executeAsync(
            SimpleStatement.newInstance(statement.formatted(table), values).setIdempotent(true));
  }
}
