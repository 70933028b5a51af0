package govcloud.node.seen;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletionStage;

/**
 * Messages that came, for all nodes and over their loss: each is written under the condition that
 * it is the first of its hash, and forgotten long after its time is over.
 */
public final class CassandraSeenMessages implements SeenMessages {

  private final CqlSession session;
  private final PreparedStatement first;

  /** Those in a keyspace. */
  public CassandraSeenMessages(CqlSession session, String keyspace) {
    this.session = session;
    this.first =
        session.prepare(
            "INSERT INTO "
                + keyspace
                + ".seen_messages (hash, sender) VALUES (?, ?) IF NOT EXISTS");
  }

  @Override
  public CompletionStage<Boolean> isFirst(String hash, String sender) {
    return session.executeAsync(first.bind(hash, sender)).thenApply(AsyncResultSet::wasApplied);
  }
}
