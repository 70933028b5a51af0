package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {

  @Test
  void referenceConf_everyKey_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.node", NodeSettings.class, "slices");
  }

  @Test
  void nameSet_read_hasTheDefaultsBeside() {
    var config =
        ConfigFactory.parseString("govcloud.node.name = node-1")
            .withFallback(ReferenceKeys.reference());
    assertThat(NodeSettings.from(config))
        .isEqualTo(new NodeSettings("node-1", "extranet", 16, Optional.empty()));
  }

  @Test
  void copyOfADepartment_takesNoKeys() {
    var copy =
        ConfigFactory.parseString("govcloud.node { name = node-1, copy-of = housing }")
            .withFallback(ReferenceKeys.reference());
    assertThat(NodeSettings.from(copy).copyOf()).contains("housing");
    var keys = "govcloud.replication.keys-folder = /etc/govcloud/keys";
    assertThatThrownBy(() -> NodeSettings.from(ConfigFactory.parseString(keys).withFallback(copy)))
        .hasMessage(
            "govcloud.replication.keys-folder: /etc/govcloud/keys (expected: none, with"
                + " govcloud.node.copy-of)");
  }

  @Test
  void nameMissing_read_namesKeyAndExpectation() {
    assertThatThrownBy(() -> NodeSettings.from(ReferenceKeys.reference()))
        .hasMessage("govcloud.node.name: \"\" (expected: ^[a-z0-9][a-z0-9-]{0,62}$)");
  }
}
