package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

  @Test
  void referenceConf_everyKey_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.cluster", ClusterSettings.class);
    assertThat(ClusterSettings.from(ReferenceKeys.reference()).join())
        .isEqualTo(ClusterSettings.Join.LOCAL);
  }

  @Test
  void unknownJoin_read_namesTheChoices() {
    assertRefused(
        "join = dns", "govcloud.cluster.join: dns (expected: local, config or kubernetes)");
  }

  @Test
  void seedWithoutPort_read_isRefused() {
    assertRefused(
        "seed-nodes = [\"127.0.0.1\"]",
        "govcloud.cluster.seed-nodes: 127.0.0.1 (expected: host:port)");
  }

  private static void assertRefused(String setting, String message) {
    var config =
        ConfigFactory.parseString("govcloud.cluster." + setting)
            .withFallback(ReferenceKeys.reference());
    assertThatThrownBy(() -> ClusterSettings.from(config)).hasMessage(message);
  }
}
