package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;

class ManagementSettingsTest {

  @Test
  void referenceConf_everyKey_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.management", ManagementSettings.class);
    assertThat(ManagementSettings.from(ReferenceKeys.reference()))
        .isEqualTo(new ManagementSettings("127.0.0.1", 7626));
  }
}
