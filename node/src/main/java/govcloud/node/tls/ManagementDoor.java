package govcloud.node.tls;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.management.javadsl.PekkoManagement;

/**
 * The listener of health and figures: on loopback plain, for programs of this machine; elsewhere by
 * TLS 1.3, for whoever shows a certificate of the authority of nodes.
 */
public final class ManagementDoor {

  private ManagementDoor() {}

  /**
   * Begins to listen.
   *
   * @return its address; fails when the port is taken
   */
  public static CompletionStage<Uri> open(ActorSystem<?> system) {
    var tls = NodeTls.of(system);
    var management = PekkoManagement.get(system);
    if (tls.management().isEmpty()) {
      return management.start();
    }
    var door = tls.management().get();
    // Nodes that look for others ask them here. Nothing else calls by this client.
    tls.cluster()
        .ifPresent(
            line ->
                Http.get(system)
                    .setDefaultClientHttpsContext(
                        ConnectionContext.httpsClient(line::clientEngine)));
    return management.start(
        settings ->
            settings.withHttpsConnectionContext(ConnectionContext.httpsServer(door::serverEngine)));
  }
}
