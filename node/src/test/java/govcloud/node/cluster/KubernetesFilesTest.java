package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Probes of Kubernetes ask where and how a node listens. */
class KubernetesFilesTest {
  private static final Path FOLDER = Path.of("../cluster-configs/kubernetes");
  private static final Pattern PROBED = Pattern.compile("(https?)://([^:/\"]+):([0-9]+)/([a-z]+)");

  private static Config node() {
    return ConfigFactory.parseFile(FOLDER.resolve("node.conf").toFile())
        .withFallback(
            ConfigFactory.parseFile(Path.of("src/main/resources/reference.conf").toFile()))
        .withFallback(ConfigFactory.parseMap(Map.of("POD_NAME", "pod-1", "POD_IP", "192.0.2.7")))
        .resolve()
        .getConfig("govcloud");
  }

  @Test
  void probes_askTheManagementPortWithTheNodesCertificate() throws Exception {
    String deployment = Files.readString(FOLDER.resolve("govcloud.yaml"));
    Config node = node();
    assertThat(node.getString("management.host")).isEqualTo("192.0.2.7");
    String port = String.valueOf(node.getInt("management.port"));
    var probes = PROBED.matcher(deployment).results().toList();
    assertThat(probes)
        .extracting(probe -> probe.group(4))
        .containsExactly("alive", "ready", "alive");
    assertThat(probes)
        .allSatisfy(
            probe ->
                assertThat(List.of(probe.group(1), probe.group(2), probe.group(3)))
                    .containsExactly("https", "$POD_IP", port));
    for (String shown :
        List.of("--cert " + cluster(node, "certificate"), "--key " + cluster(node, "key"))) {
      assertThat(Pattern.compile(Pattern.quote(shown) + "\\s").matcher(deployment).results())
          .as(shown)
          .hasSize(probes.size());
    }
    assertThat(deployment)
        .contains("containerPort: " + port, "port: " + port)
        .contains("containerPort: " + node.getInt("cluster.port"));
  }

  private static String cluster(Config node, String which) {
    return node.getString("tls.cluster." + which + "-file");
  }

  @Test
  void node_doesNotTakeEveryCertificateOfItsAuthorityForANode() {
    assertThat(node().getString("tls.cluster.peer-name")).isNotEmpty();
  }
}
