package govcloud.node.eventsourcing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;

class EntitySettingsTest {

  @Test
  void referenceConf_everyKey_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.entities", EntitySettings.class);
  }

  @Test
  void timeLimitShorterThanOneAttempt_read_isRefused() {
    var config =
        ConfigFactory.parseString("govcloud.entities.time-limit = 1s")
            .withFallback(ReferenceKeys.reference());
    assertThatThrownBy(() -> EntitySettings.from(config))
        .hasMessage("govcloud.entities.time-limit: PT1S (expected: >= PT4S)");
  }
}
