package govcloud.node.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.sharing.SharingLimits;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;

class SharingSettingsTest {

  private static SharingLimits read(String text) {
    return SharingSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.sharing", SharingLimits.class);
  }

  @Test
  void nothingSet_read_isTheUsual() {
    assertThat(read("")).isEqualTo(SharingLimits.USUAL);
  }

  @Test
  void badSetting_read_namesKeyValueAndExpectation() {
    assertThatThrownBy(() -> read("govcloud.sharing.answer-days = 0"))
        .hasMessage("govcloud.sharing.answer-days: 0 (expected: 1 to 250 working days)");
  }
}
