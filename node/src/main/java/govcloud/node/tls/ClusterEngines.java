package govcloud.node.tls;

import govcloud.pki.LiveTls;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import scala.Option;

/**
 * TLS between nodes. Pekko's own provider takes RSA keys alone, tells nobody whom it refuses, and
 * fails new connections while the files on the disk are not usable.
 */
public final class ClusterEngines implements SSLEngineProvider {

  private final LiveTls door;

  private ClusterEngines(LiveTls door) {
    this.door = door;
  }

  /** For the creation of the actor system. */
  public static SSLEngineProviderSetup of(LiveTls door) {
    return SSLEngineProviderSetup.create(system -> new ClusterEngines(door));
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return door.serverEngine();
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return door.clientEngine(hostname, port);
  }

  /** The trust manager has decided already. */
  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  /** Likewise. */
  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
