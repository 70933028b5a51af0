package govcloud.node.cluster;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import govcloud.journal.plugin.SliceJournal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/** Readiness: Cassandra answers. Named in base.conf and made by Pekko Management. */
public final class CassandraCheck implements Supplier<CompletionStage<Boolean>> {

  private static final SimpleStatement QUESTION =
      SimpleStatement.newInstance("SELECT release_version FROM system.local").setIdempotent(true);

  private final ActorSystem system;

  public CassandraCheck(ActorSystem system) {
    this.system = system;
  }

  @Override
  public CompletionStage<Boolean> get() {
    try {
      return SliceJournal.get(system)
          .session()
          .executeAsync(QUESTION)
          .handle((answer, failure) -> failure == null);
    } catch (RuntimeException unreachable) {
      return CompletableFuture.completedStage(false);
    }
  }
}
