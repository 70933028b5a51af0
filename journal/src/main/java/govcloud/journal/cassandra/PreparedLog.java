package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.CompletableFuture;

/** Prepares the log's statements once, and again after that failed. */
public final class PreparedLog {

  private final CqlSession session;
  private final String keyspace;
  private CompletableFuture<LogStatements> statements;

  /** For the tables of one keyspace. */
  public PreparedLog(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  synchronized CompletableFuture<LogStatements> statements() {
    if (statements == null || statements.isCompletedExceptionally()) {
      statements = prepare();
    }
    return statements;
  }

  private CompletableFuture<LogStatements> prepare() {
    try {
      return LogStatements.prepare(session, keyspace);
    } catch (RuntimeException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }
}
