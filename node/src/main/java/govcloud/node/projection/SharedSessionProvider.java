package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.plugin.SliceJournal;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.CqlSessionProvider;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/** Gives the offset store the session of the node's views. Named in the configuration. */
public final class SharedSessionProvider implements CqlSessionProvider {

  private final ActorSystem system;

  public SharedSessionProvider(ActorSystem system, Config config) {
    this.system = system;
  }

  @Override
  public Future<CqlSession> connect(ExecutionContext executor) {
    return Future.apply(() -> SliceJournal.get(system).session(TablePart.VIEWS), executor);
  }
}
