package govcloud.node.exchange.crossing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletionStage;

/**
 * Messages of other clouds that came, for all nodes and over their loss: each is written under the
 * condition that it is the first of its hash, and forgotten long after its time is over.
 */
public final class SeenMessages {

  private final CqlSession session;
  private final PreparedStatement first;

  /** Those in a keyspace. */
  public SeenMessages(CqlSession session, String keyspace) {
    this.session = session;
    this.first =
        session.prepare(
            "INSERT INTO "
                + keyspace
                + ".exchange_seen_messages (hash, cloud) VALUES (?, ?) IF NOT EXISTS");
  }

  /** Whether a message comes for the first time; fails when that is not known. */
  public CompletionStage<Boolean> isFirst(SignedMessage message) {
    return session
        .executeAsync(first.bind(message.hash(), message.head().sender()))
        .thenApply(AsyncResultSet::wasApplied);
  }
}
