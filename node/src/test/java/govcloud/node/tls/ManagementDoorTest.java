package govcloud.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.metric.NodeMetrics;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told health and figures on an address that others than this machine reach. */
class ManagementDoorTest {

  @TempDir private Path folder;
  @TempDir private Path foreign;
  private ActorSystem<?> system;
  private URI figures;

  @BeforeEach
  void open() throws Exception {
    var lines =
        """
        govcloud { node.name = node-1, node.cloud = harbour, management { host = "0.0.0.0", port = 0 } }
        pekko.management.http {
          hostname = "127.0.0.1", bind-hostname = "0.0.0.0", port = 0
          routes { cluster-management = "", cluster-bootstrap = "" }
        }
        pekko.actor.provider = local
        """
            + new Doors(folder).clusterLines("node-1");
    var config = ConfigFactory.parseString(lines).withFallback(ConfigFactory.load()).resolve();
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "doors",
            ActorSystemSetup.create(BootstrapSetup.create(config), Doors.open(lines)));
    NodeMetrics.get(system).meter().counterBuilder("govcloud.trial").build().add(3);
    var uri =
        ManagementDoor.open(system).toCompletableFuture().get(20, TimeUnit.SECONDS).toString();
    assertThat(uri).startsWith("https://");
    figures = URI.create("https://127.0.0.1:" + URI.create(uri).getPort() + "/metrics");
  }

  @AfterEach
  void end() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private Path authority() {
    return DevelopmentPki.authority(folder, Door.CLUSTER);
  }

  /** A certificate of a keeper's program, which is no node's: it has no name of the cluster. */
  private static Path keeper(Path where) throws Exception {
    new DevelopmentPki(where, Clock.systemUTC(), new SecureRandom())
        .ensureClient(Door.CLUSTER, "keeper");
    return DevelopmentPki.identity(where, Door.CLUSTER, "keeper");
  }

  private String get(URI uri, SSLContext tls, String version) throws Exception {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(tls)
        .sslParameters(parameters)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void keeperWithACertificate_isTold_alsoWithoutTheNameOfNodes() throws Exception {
    var keeper = TlsContexts.client(authority(), keeper(folder));
    assertThat(get(figures, keeper, "TLSv1.3")).contains("service_instance_id=\"node-1\"");
    assertThat(get(figures.resolve("/alive"), keeper, "TLSv1.3")).doesNotContain("target_info");
    assertThat(NodeTls.of(system).reports().counts()).isEmpty();
  }

  @Test
  void whoeverShowsNone_orAStrangers_orSpeaksWithoutTls_isToldNothing() throws Exception {
    var nobody = TlsContexts.client(authority());
    assertThatThrownBy(() -> get(figures, nobody, "TLSv1.3")).isInstanceOf(IOException.class);
    var stranger = TlsContexts.client(authority(), keeper(foreign));
    assertThatThrownBy(() -> get(figures, stranger, "TLSv1.3")).isInstanceOf(IOException.class);
    assertThat(NodeTls.of(system).reports().counts()).isNotEmpty();
    var keeper = TlsContexts.client(authority(), keeper(folder));
    assertThatThrownBy(() -> get(figures, keeper, "TLSv1.2")).isInstanceOf(IOException.class);
    var plain = URI.create(figures.toString().replace("https", "http"));
    assertThatThrownBy(() -> get(plain, keeper, "TLSv1.3")).isInstanceOf(IOException.class);
  }

  /** How nodes find each other: the client of cluster bootstrap has no settings of its own. */
  @Test
  void nodeThatLooksForOthers_showsItsCertificate() throws Exception {
    var answer =
        Http.get(system)
            .singleRequest(
                org.apache.pekko.http.javadsl.model.HttpRequest.create(figures.toString()))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertThat(answer.status().intValue()).isEqualTo(200);
    answer.discardEntityBytes(system);
  }
}
