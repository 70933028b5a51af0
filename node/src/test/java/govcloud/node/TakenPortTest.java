package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenPortTest {

  @Test
  void takenPortOfTheCluster_start_namesKeyAndPort(@TempDir Path folder) throws IOException {
    var token = folder.resolve("token");
    Files.writeString(token, "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var configuration =
          NodeConfiguration.read(
              ConfigFactory.parseMap(
                      Map.of(
                          "govcloud.node.name", "node-1",
                          "govcloud.cluster.port", taken.getLocalPort(),
                          "govcloud.catalogue.folder", "../apps",
                          "govcloud.http.token-file", token.toString(),
                          "pekko.coordinated-shutdown.exit-jvm", "off"))
                  .withFallback(
                      ConfigFactory.parseFile(Path.of("../cluster-configs/local.conf").toFile()))
                  .withFallback(ConfigFactory.defaultReference())
                  .resolve());
      assertThatThrownBy(() -> RunningNode.start(configuration, "0.1.0", Clock.systemUTC()))
          .isInstanceOf(SettingsException.class)
          .hasMessage(
              "govcloud.cluster.port: 127.0.0.1:"
                  + taken.getLocalPort()
                  + " cannot be listened on (expected: a port that no other program uses)");
    }
  }

  @Test
  void wrappedFailure_ofAPort_isAMistakeInTheConfiguration() {
    var failure = new CompletionException(new BindException("Address already in use"));
    var why = TakenPort.explain("govcloud.management.port", "127.0.0.1", 7626, failure);
    assertThat(NodeMain.exitCode(NodeMain.cause(new CompletionException(why)))).isEqualTo(2);
    assertThat(why).hasMessageStartingWith("govcloud.management.port: 127.0.0.1:7626 ");
  }

  @Test
  void otherFailure_isPassedOnAndMayHealByItself() {
    var failure = new CompletionException(new IOException("no route"));
    assertThat(TakenPort.explain("key", "host", 1, failure)).isSameAs(failure);
    assertThat(NodeMain.cause(failure)).hasMessage("no route");
    assertThat(NodeMain.exitCode(NodeMain.cause(failure))).isEqualTo(1);
  }
}
