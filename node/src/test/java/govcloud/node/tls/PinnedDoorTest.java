package govcloud.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.ReplicationSettings;
import govcloud.node.replication.SiblingCloud;
import govcloud.pki.RefusedCertificate;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.link.PinnedTls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doors that let in by card alone tell, too, whom they turned away. */
class PinnedDoorTest {

  private static final int PATIENCE_MILLIS = 10_000;

  @TempDir private Path folder;
  private ActorTestKit kit;
  private SSLContext door;
  private KeyFolder harbour;

  @BeforeEach
  void open() throws Exception {
    harbour = keys("harbour");
    var mountain = keys("mountain");
    mountain.trust(harbour.card());
    var config =
        ConfigFactory.parseString(
                """
                govcloud.replication {
                  keys-folder = "%s"
                  archive-folder = "%s"
                  received-folder = "%s"
                  sibling = "harbour"
                }
                govcloud.node.name = "node-1"
                """
                    .formatted(
                        folder.resolve("mountain"),
                        folder.resolve("archive"),
                        folder.resolve("received")))
            .withFallback(ReferenceKeys.reference())
            .resolve();
    kit =
        ActorTestKit.create(
            ActorSystem.create(
                Behaviors.empty(),
                "mountain",
                ActorSystemSetup.create(
                    BootstrapSetup.create(ConfigFactory.load()), Doors.open(""))));
    var settings = ReplicationSettings.from(config);
    var home = HomeArchive.open(settings, "mountain").orElseThrow();
    door = SiblingCloud.open(kit.system(), settings, home).tls();
  }

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  private KeyFolder keys(String cloud) throws Exception {
    var keys = new KeyFolder(folder.resolve(cloud));
    KeyCeremony.init(keys, cloud, folder.resolve(cloud + "-shares"), 2, 2, new SecureRandom());
    return keys;
  }

  /** What becomes of a caller who shows a certificate, when both sides have said a word. */
  private void call(LinkIdentity caller) throws Exception {
    var own = new KeyFolder(folder.resolve("mountain")).link();
    var loopback = InetAddress.getLoopbackAddress();
    try (var server =
        (SSLServerSocket) door.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      server.setNeedClientAuth(true);
      var answered = CompletableFuture.runAsync(() -> answer(server));
      try (var socket =
          (SSLSocket)
              PinnedTls.context(caller, own.certificate())
                  .getSocketFactory()
                  .createSocket(loopback, server.getLocalPort())) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        if (socket.getInputStream().read() < 0) {
          throw new IOException("closed");
        }
      }
      answered.join();
    }
  }

  private static void answer(SSLServerSocket server) {
    try (var socket = (SSLSocket) server.accept()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(1);
    } catch (IOException refused) {
      // It is told to the watch.
    }
  }

  private List<RefusedCertificate> refused() {
    return NodeTls.of(kit.system()).reports().fetch();
  }

  @Test
  void sibling_comesIn_andNothingIsTold() throws Exception {
    call(harbour.link());
    assertThat(refused()).isEmpty();
  }

  @Test
  void stranger_isTurnedAway_andToldBySubjectAndDoor() throws Exception {
    var valley = keys("valley").link();
    assertThatThrownBy(() -> call(valley)).isInstanceOf(IOException.class);
    assertThat(refused())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.door()).isEqualTo("sibling");
              assertThat(one.subject())
                  .isEqualTo(valley.certificate().getSubjectX500Principal().getName());
              assertThat(one.detail()).contains("the sibling's card");
            });
  }
}
